"""The ledger's tables as the queries see them; migrations/versions makes them.

    articles --< revisions --< runs --< records --< parties

A changed page is a new revision of the same article. A revision coded with another codebook or parser is a new run.
One run an article is current: the one kept last; queries read current runs. Two FTS5 tables, ``revision_words`` over
the article texts and ``record_words`` over the evidence quotes, are kept in step by triggers.
"""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, MetaData, Table, Text, UniqueConstraint, text

VERSIONS = ("0001",)
"""Every version of the tables, oldest first, as the migrations name them; the last is what this program writes."""

metadata = MetaData()

articles = Table(
    "articles",
    metadata,
    Column("id", Text, primary_key=True),
)

revisions = Table(
    "revisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("article", Text, ForeignKey("articles.id"), nullable=False),
    Column("number", Integer, nullable=False),  # 1 for the page as first seen
    Column("hash", Text, nullable=False),  # SHA-256 of the content
    Column("url", Text),
    Column("publisher", Text),
    Column("publisher_words", Text, nullable=False),  # folded
    Column("title", Text),
    Column("published", Text),  # ISO 8601
    Column("text", Text, nullable=False),
    Column("body", Text, nullable=False),  # the Article as JSON, without its text
    Column("kept_at", Text, nullable=False),  # ISO 8601, UTC
    UniqueConstraint("article", "hash", name="one_revision_a_content"),
    UniqueConstraint("article", "number", name="one_number_a_revision"),
)

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("revision", Integer, ForeignKey("revisions.id"), nullable=False),
    Column("codebook", Text, nullable=False),
    Column("parser", Text, nullable=False),
    Column("status", Text, nullable=False),  # coded | no-records
    Column("current", Integer, nullable=False),  # 1 for the article's current run, else 0
    Column("kept_at", Text, nullable=False),
    UniqueConstraint("revision", "codebook", "parser", name="one_run_a_codebook_and_parser"),
)
Index("runs_current", runs.c.revision, sqlite_where=text("current = 1"))

records = Table(
    "records",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("run", Integer, ForeignKey("runs.id"), nullable=False),
    Column("id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("type", Text),
    Column("start", Text),  # ISO date, null where open or unknown
    Column("end", Text),  # inclusive
    Column("polarity", Text, nullable=False),
    Column("modality", Text, nullable=False),
    Column("realis", Text, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("rule", Text, nullable=False),
    Column("quote", Text, nullable=False),
    Column("body", Text, nullable=False),  # the Record as JSON
    UniqueConstraint("run", "id", name="one_record_an_id"),
)
Index("records_id", records.c.id)
Index("records_type", records.c.type)
Index("records_start", records.c.start)

parties = Table(
    "parties",
    metadata,
    Column("record", Integer, ForeignKey("records.row"), primary_key=True),
    Column("role", Text, primary_key=True),  # actor | recipient | by
    Column("position", Integer, primary_key=True),
    Column("code", Text),
    Column("sector", Text),
    Column("entity", Text),
    Column("name", Text),
    Column("text", Text, nullable=False),
    Column("words", Text, nullable=False),  # name and text, folded
    sqlite_with_rowid=False,
)
Index("parties_code", parties.c.code, parties.c.role)

revision_words = Table("revision_words", MetaData(), Column("rowid", Integer), Column("revision_words", Text))
"""FTS5 over ``revisions.text``; the column that bears the table's name takes the query."""

record_words = Table("record_words", MetaData(), Column("rowid", Integer), Column("record_words", Text))
"""FTS5 over ``records.quote``."""
