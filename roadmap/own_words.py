"""Words that an education office's template holds for what is different in each organization. Pure."""

OWN_NAME, OWN_HEAD = "{организация}", "{руководитель}"


def own_words(organization):
    """A function that puts the names of the organization into the words that a template holds for them."""
    head = (organization.head_position.split() or [""])[0]

    def own(text):
        return text.replace(OWN_NAME, organization.short_name).replace(OWN_HEAD, head or OWN_HEAD)

    return own
