"""Articles, their revisions and runs, the records with their parties, and full-text search over both."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

# porter: "attacked" finds "attack"; the texts are English.
WORDS = "tokenize='porter unicode61 remove_diacritics 2'"


def upgrade() -> None:
    """Make the tables and their full-text indexes."""
    op.create_table("articles", sa.Column("id", sa.Text, primary_key=True))
    op.create_table(
        "revisions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("article", sa.Text, sa.ForeignKey("articles.id"), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.Column("url", sa.Text),
        sa.Column("publisher", sa.Text),
        sa.Column("publisher_words", sa.Text, nullable=False),
        sa.Column("title", sa.Text),
        sa.Column("published", sa.Text),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("kept_at", sa.Text, nullable=False),
        sa.UniqueConstraint("article", "hash", name="one_revision_a_content"),
        sa.UniqueConstraint("article", "number", name="one_number_a_revision"),
    )
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("revision", sa.Integer, sa.ForeignKey("revisions.id"), nullable=False),
        sa.Column("codebook", sa.Text, nullable=False),
        sa.Column("parser", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("current", sa.Integer, nullable=False),
        sa.Column("kept_at", sa.Text, nullable=False),
        sa.UniqueConstraint("revision", "codebook", "parser", name="one_run_a_codebook_and_parser"),
    )
    op.create_index("runs_current", "runs", ["revision"], sqlite_where=sa.text("current = 1"))
    op.create_table(
        "records",
        sa.Column("row", sa.Integer, primary_key=True),
        sa.Column("run", sa.Integer, sa.ForeignKey("runs.id"), nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("type", sa.Text),
        sa.Column("start", sa.Text),
        sa.Column("end", sa.Text),
        sa.Column("polarity", sa.Text, nullable=False),
        sa.Column("modality", sa.Text, nullable=False),
        sa.Column("realis", sa.Text, nullable=False),
        sa.Column("confidence", sa.Float, nullable=False),
        sa.Column("rule", sa.Text, nullable=False),
        sa.Column("quote", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.UniqueConstraint("run", "id", name="one_record_an_id"),
    )
    op.create_index("records_id", "records", ["id"])
    op.create_index("records_type", "records", ["type"])
    op.create_index("records_start", "records", ["start"])
    op.create_table(
        "parties",
        sa.Column("record", sa.Integer, sa.ForeignKey("records.row"), primary_key=True),
        sa.Column("role", sa.Text, primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("code", sa.Text),
        sa.Column("sector", sa.Text),
        sa.Column("entity", sa.Text),
        sa.Column("name", sa.Text),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("parties_code", "parties", ["code", "role"])
    _full_text("revision_words", "revisions", "id", "text")
    _full_text("record_words", "records", "row", "quote")


def _full_text(name: str, table: str, key: str, column: str) -> None:
    """An FTS5 index that stores no text of its own, and the triggers that keep it in step with ``table``."""
    op.execute(f"CREATE VIRTUAL TABLE {name} USING fts5({column}, content='{table}', content_rowid='{key}', {WORDS})")
    add = f"INSERT INTO {name}(rowid, {column}) VALUES (new.{key}, new.{column});"
    drop = f"INSERT INTO {name}({name}, rowid, {column}) VALUES ('delete', old.{key}, old.{column});"
    op.execute(f"CREATE TRIGGER {name}_added AFTER INSERT ON {table} BEGIN {add} END")
    op.execute(f"CREATE TRIGGER {name}_dropped AFTER DELETE ON {table} BEGIN {drop} END")
    op.execute(f"CREATE TRIGGER {name}_changed AFTER UPDATE OF {column} ON {table} BEGIN {drop} {add} END")
