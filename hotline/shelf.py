"""Reference rows, such as places and bodies, found by code or key without asking the database each time."""

from __future__ import annotations

from typing import Any, Generic, NamedTuple, TypeVar

from django.apps import apps
from django.db.models import ForeignKey, Model, OneToOneField
from django.db.models.fields.related_descriptors import ForwardManyToOneDescriptor

from hotline.kept import Kept
from hotline.models import Organisation, Region

M = TypeVar("M", bound=Model)


class _Rows(NamedTuple):
    by_key: dict[Any, Any]
    by_code: dict[str, Any]


class Shelf(Generic[M]):
    """All rows of a small table with a ``code``, each with its parent. They are shared: read, never change them."""

    def __init__(self, model: type[M]) -> None:
        self.model = model
        self._rows = Kept(self._read, model)

    def __deepcopy__(self, _memo: object) -> Shelf[M]:
        return self  # serializers copy what their fields are made from

    def _read(self) -> _Rows:
        rows: dict[Any, Any] = {row.pk: row for row in self.model._default_manager.order_by("pk")}
        for row in rows.values():
            if (above := rows.get(getattr(row, "parent_id", None))) is not None:
                row._state.fields_cache["parent"] = above
        return _Rows(rows, {row.code: row for row in rows.values()})

    def all(self) -> list[M]:
        """All rows, by their keys."""
        return list(self._rows().by_key.values())

    def coded(self, code: str) -> M | None:
        """The row with that code, if it was there at the last reading."""
        found: M | None = self._rows().by_code.get(code)
        return found

    def get(self, key: Any) -> M:
        """The row with that key. Raises the model's DoesNotExist."""
        found: M | None = self._rows().by_key.get(key)
        return found or self.model._default_manager.get(pk=key)

    def serve(self) -> None:
        """Let every foreign key to the model be looked up here, where its row was not read with the thing itself."""
        for model in apps.get_models():
            for field in model._meta.local_fields:
                many = isinstance(field, ForeignKey) and not isinstance(field, OneToOneField)
                if many and field.related_model is self.model:
                    setattr(model, field.name, _FromShelf(field, self))


class _FromShelf(ForwardManyToOneDescriptor):  # type: ignore[type-arg]
    def __init__(self, field: Any, shelf: Shelf[Any]) -> None:
        super().__init__(field)
        self._shelf = shelf

    def get_object(self, instance: Model) -> Any:
        return self._shelf.get(getattr(instance, self.field.attname))


REGIONS = Shelf(Region)
ORGANISATIONS = Shelf(Organisation)
