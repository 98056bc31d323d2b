"""The statements that keep an article, built once: building one takes longer than running it."""

from __future__ import annotations

from sqlalchemy import bindparam, func, insert, select, update

from dragoman.storing.schema import articles, parties, records, revisions, runs

SAME_REVISION = select(revisions.c.id, revisions.c.number).where(
    revisions.c.article == bindparam("of"), revisions.c.hash == bindparam("content")
)
LAST_REVISION = select(func.max(revisions.c.number)).where(revisions.c.article == bindparam("of"))
NEW_ARTICLE = insert(articles)
NEW_REVISION = insert(revisions)
SAME_RUN = select(runs.c.id, runs.c.current).where(
    runs.c.revision == bindparam("of"),
    runs.c.codebook == bindparam("with_codebook"),
    runs.c.parser == bindparam("with_parser"),
)
NO_RUN_CURRENT = (
    update(runs)
    .where(
        runs.c.current == 1,
        runs.c.revision.in_(select(revisions.c.id).where(revisions.c.article == bindparam("of"))),
    )
    .values(current=0)
)
RUN_CURRENT = update(runs).where(runs.c.id == bindparam("key")).values(current=1)
NEW_RUN = insert(runs)
LAST_RECORD = select(func.max(records.c.row))
NEW_RECORD = insert(records)
NEW_PARTY = insert(parties)
