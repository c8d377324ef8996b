#!/bin/sh
# All that can be said about the source without running the tests. Every check is made, the failed ones are named last.
set -u
cd "$(dirname "$0")/.."

failed=""

check() { # check NAME COMMAND…: quiet when all is well, the whole output when not
    name=$1
    shift
    started=$(date +%s)
    if output=$("$@" 2>&1); then
        echo "ok      $name ($(($(date +%s) - started)) s)"
    else
        echo "FAILED  $name"
        echo "$output"
        failed="$failed
  $name"
    fi
}

deploy_check() {
    # Nothing of this is reached: the checks look at the settings alone.
    var=$(mktemp -d)
    env PORTAL_MODE=production VAR_DIR="$var" \
        DJANGO_SECRET_KEY="$(.venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(60))')" \
        DJANGO_ALLOWED_HOSTS=portal.example PORTAL_URL=https://portal.example \
        DATABASE_URL=postgres://portal:portal@database.example/portal REDIS_URL=redis://broker.example:6379/0 \
        EMAIL_URL=smtp+tls://portal:portal@mail.example:587 DEFAULT_FROM_EMAIL=portal@portal.example \
        .venv/bin/python manage.py check --deploy --fail-level WARNING
    status=$?
    rm -rf "$var"
    return $status
}

no_foreign_names() {
    # Paths of one machine and addresses of package registries have no place in the source.
    path='(^|[^A-Za-z0-9_.~/-])/(root|work|tmp|home/[a-z]+)/'
    registry='py[p]i\.org|pythonhost[e]d\.org|npm[j]s\.(org|com)|"resolve[d]":|--(extra-)?index-ur[l]|--find-link[s]|--trusted-hos[t]'
    ! grep -rnIE "$path|$registry" . --exclude-dir=.git --exclude-dir=.venv --exclude-dir=node_modules \
        --exclude-dir=var --exclude-dir=staticfiles --exclude-dir='.*_cache' --exclude-dir=.hypothesis --exclude-dir=__pycache__
}

check "packages: requirements.txt is complete" .venv/bin/python -m pip check
check "ruff: lint" .venv/bin/ruff check .
check "ruff: format" .venv/bin/ruff format --check .
check "djlint: lint" .venv/bin/djlint --lint --quiet templates
check "mypy: the calculating modules" .venv/bin/mypy
check "import-linter: layers" .venv/bin/lint-imports --no-logo
check "migrations: none is missing" .venv/bin/python manage.py makemigrations --check --dry-run
check "Django: production settings" deploy_check
check "translations: complete, nothing fuzzy" .venv/bin/python scripts/messages.py --check
check "no machine's paths, no registry's addresses" no_foreign_names

[ -z "$failed" ] || {
    echo "Failed:$failed" >&2
    exit 1
}
