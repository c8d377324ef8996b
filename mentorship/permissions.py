"""The two questions of every view: may the user see the object (404), may he do this with it (403)."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404


def get_visible(source, user, *, allowed=None, **lookup):
    """The object that the user may see; `allowed` is a permission that he must have on it.

    `source` is a model or a queryset with `visible_to`. Raises Http404 for what is not there or not his to see, and
    PermissionDenied where he sees it but may not do this.
    """
    queryset = source.objects.all() if hasattr(source, "objects") else source
    found = get_object_or_404(queryset.visible_to(user), **lookup)
    if allowed:
        require(user, allowed, found)
    return found


def require(user, permission, subject=None):
    """Raise PermissionDenied unless the user has the permission (on `subject`, where given)."""
    if not user.has_perm(permission, subject):
        raise PermissionDenied


def workspace_organization(request, permission=None):
    """The organization in which the user works now.

    Raises Http404 without one, and PermissionDenied where the user lacks the permission there.
    """
    organization = request.workspace.organization
    if organization is None:
        raise Http404
    if permission:
        require(request.user, permission, organization)
    return organization
