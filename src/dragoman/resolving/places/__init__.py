"""Toponyms to places on the map."""

from dragoman.resolving.places.resolver import PlaceResolver

__all__ = ["PlaceResolver"]
