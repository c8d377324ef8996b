"""Static files of production: hashed and compressed, with npm's source maps left out."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class PortalStaticStorage(CompressedManifestStaticFilesStorage):
    """Packages from npm name maps that they do not ship; such a name is kept as it stands."""

    manifest_strict = False
    support_js_module_import_aggregation = False
