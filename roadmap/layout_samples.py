"""Two invented activities, by which the page of a layout shows how it will look."""

SAMPLES = (
    {
        "number": "1",
        "stage": "Подготовка условий",
        "group": "Нормативная база",
        "content": "Издать приказ о назначении куратора",
        "deadline": "до 10 сентября",
        "dates": "до 10 сентября 2026 г.",
        "responsible": "Руководитель",
        "owners": "Осина И.И.",
        "document": "Приказ",
        "state": "выполнено",
        "done_on": "07.09.2026",
        "proofs": "Приказ № 56",
        "rest": "Бюджет: без затрат",
    },
    {
        "number": "2",
        "stage": "Формирование базы наставников",
        "group": "Опрос",
        "content": "Провести анкетирование педагогов, готовых стать наставниками",
        "deadline": "Сентябрь – октябрь",
        "dates": "сентябрь – октябрь 2026 г.",
        "responsible": "Куратор, педагог-психолог",
        "owners": "Берёзова А.П.",
        "document": "Справка по итогам",
        "state": "выполняется",
    },
)


def sample_rows(chosen):
    """The headers and the rows of a layout's preview: {"headers": […], "rows": [[…], …]}."""
    return {
        "headers": [each.header for each in chosen],
        "rows": [[sample.get(each.key, "") for each in chosen] for sample in SAMPLES],
    }
