"""Who acts: people and the memberships through which they act."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property, reduce
from operator import or_
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hotline.identifiers import uuid7
from hotline.models.organisation import Organisation
from hotline.models.restriction import Restriction
from hotline.roles import CONTRACTOR, PLATFORM, ROLES, Capability, Role
from hotline.wording import in_language

# Which platform administrator a role is, 0 for all other work: memberships with different numbers exclude each other.
ADMINISTERS = Case(
    *(When(role=role, then=Value(n)) for n, role in enumerate(sorted(PLATFORM), start=1)),
    default=Value(0),
    output_field=IntegerField(),
)


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, membership: Membership) -> UserQuerySet:
        """Accounts are looked at by those who administer or supervise them, and then all of them."""
        return self.all() if membership.can(Capability.PEOPLE_READ) else self.none()

    def named(self, words: str) -> UserQuerySet:
        """Whose name, user name or staff number contains the words."""
        fields = ("username", "name", "name_en", "staff_number")
        return self.filter(reduce(or_, (Q(**{f"{field}__icontains": words}) for field in fields)))

    def holding(self, memberships: MembershipQuerySet) -> UserQuerySet:
        return self.filter(Exists(memberships.filter(user=OuterRef("pk"))))


class UserManager(BaseUserManager["User"]):
    def get_queryset(self) -> UserQuerySet:
        return UserQuerySet(self.model, using=self._db)

    def visible_to(self, membership: Membership) -> UserQuerySet:
        return self.get_queryset().visible_to(membership)

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):  # type: ignore[django-manager-missing]  # of the library's devices, which has no types
    """A person. Nobody is deleted: memberships end, and the account is closed."""

    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80, blank=True)
    staff_number = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=10, default="zh-hans")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    one_time_until = models.DateTimeField(
        null=True, blank=True, help_text="the password was made by somebody else: good until then, to choose an own one"
    )
    sessions_ended = models.PositiveIntegerField(
        default=0, db_default=0, help_text="how often all sessions were ended; a session is bound to the number"
    )

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = UserManager()

    def __str__(self) -> str:
        return self.username

    def save(self, *args: Any, **kwargs: Any) -> None:
        """With a new password the keys made under the old one end too, like the sessions."""
        anew = getattr(self, "_password", None) is not None and not self._state.adding
        super().save(*args, **kwargs)
        if anew:
            keys = ApiToken.objects.filter(membership__user=self, revoked_at__isnull=True)
            keys.update(revoked_at=timezone.now())

    def get_session_auth_hash(self) -> str:
        """What a session is bound to: another with every new password, and after all sessions were ended."""
        bound = super().get_session_auth_hash()
        return f"{bound}:{self.sessions_ended}" if self.sessions_ended else bound

    @property
    def label(self) -> str:
        return in_language(self.name, self.name_en)


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self, at: datetime) -> MembershipQuerySet:
        """Memberships in force at that instant, of people whose account is open, for a body that still takes part."""
        on = timezone.localdate(at)
        active = Q(organisation__active_until__isnull=True) | Q(organisation__active_until__gt=on)
        return self.filter(active, valid__contains=at, user__is_active=True, organisation__active_from__lte=on)

    def acting(self, at: datetime) -> MembershipQuerySet:
        """Those in force, with what ``can`` asks for: the person, the body, and what is withheld from it then."""
        withheld = Restriction.objects.in_force(at).filter(organisation=OuterRef("organisation"))
        current = self.current(at).select_related("user", "organisation", "organisation__region")
        return current.annotate(withheld_now=ArraySubquery(withheld.values("capability")))


class Membership(models.Model):
    """A person acting for an organisation in one role, for a period (half-open). Rights end with it, at that second.

    Whoever administers the platform does so in one of its three roles, and acts as nothing else meanwhile.
    What is given to a contractor's person lasts no longer than the contract and the employment: where these end
    earlier, the database cuts ``valid`` and keeps in ``given`` what was given (contractors' migration 0002).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)
    valid = DateTimeRangeField()
    given = DateTimeRangeField(null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role"),
            models.CheckConstraint(
                condition=Q(valid__isempty=False, valid__startswith__isnull=False), name="membership_valid"
            ),
            ExclusionConstraint(
                name="membership_periods_apart",
                expressions=[("user", RangeOperators.EQUAL), ("role", RangeOperators.EQUAL), ("valid", "&&")],
                violation_error_message=_("This person already holds this role in that period."),
            ),
            ExclusionConstraint(
                name="membership_administrators_apart",
                expressions=[("user", RangeOperators.EQUAL), ("valid", "&&"), (ADMINISTERS, "<>")],
                violation_error_message=_("A platform administrator holds one of the three roles, and no other."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}:{self.role}@{self.organisation_id}"

    def can(self, capability: Capability) -> bool:
        """Does the role hold the right, and is it not withheld from the contractor at present?"""
        return self.role in ROLES[capability] and not self.lacks(capability)

    def lacks(self, capability: Capability) -> bool:
        """Is the right withheld from everybody who acts for this contractor?"""
        return self.role in CONTRACTOR and capability in self.withheld

    @cached_property
    def withheld(self) -> list[str]:
        """The rights taken away from the organisation; read with the membership by ``acting``, else asked for once."""
        read: list[str] | None = self.__dict__.get("withheld_now")
        if read is not None:
            return read
        restricted = Restriction.objects.in_force(timezone.now()).filter(organisation=self.organisation_id)
        return list(restricted.values_list("capability", flat=True))

    @property
    def is_government(self) -> bool:
        """Is this person on the public side? Contractor's people and connected systems are not."""
        return self.organisation.kind not in (Organisation.Kind.CONTRACTOR, Organisation.Kind.PLATFORM)


class ApiToken(models.Model):
    """A key that acts as one membership. Only the hash is kept; it dies with the membership."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=60)
    prefix = models.CharField(max_length=8)
    digest = models.BinaryField(max_length=32, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.prefix}…"
