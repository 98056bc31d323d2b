"""Noun phrases -> who."""

from dragoman.resolving.actors.resolver import ActorResolver

__all__ = ["ActorResolver"]
