from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "documents"
    verbose_name = _("Papers")

    def ready(self):
        from auditlog.registry import auditlog

        from documents.finding import register_search
        from documents.holdings import register_holdings
        from documents.joined_files import register_clashes
        from documents.letter_panels import register_letter_panels
        from documents.letter_texts import register_letter_texts
        from documents.models import (
            Agreement,
            ApprovalStep,
            Blank,
            ElectronicSignature,
            Familiarization,
            FamiliarizationSheet,
            KeptNumber,
            LegalAct,
            Letter,
            NumberSeries,
            Order,
            OrderAnnex,
            OrderLink,
            OrderPerson,
            Paper,
            PaperText,
            PointComment,
            RegulationEdition,
            RegulationSection,
            RetentionTerm,
            SignedCopy,
            SigningCertificate,
            StepDecision,
            WordCopy,
        )
        from documents.orders import waiting_order_of
        from documents.panels import other_papers_to_link, papers_to_link, register_panels, title_of_paper
        from documents.witnesses import register_witnesses
        from programs.pairs import register_hold
        from roadmap.proofs import Source, register_source

        register_hold(waiting_order_of)
        register_panels()
        register_letter_panels()
        register_source("order", Source(_("Orders"), Order, papers_to_link))
        register_source("paper", Source(_("Minutes and other papers"), Paper, other_papers_to_link, title_of_paper))
        register_letter_texts()
        register_witnesses()
        register_holdings()
        register_clashes()
        register_search()
        auditlog.register(Order, m2m_fields={"pairs", "ended_pairs", "grounds"})
        auditlog.register(Agreement)
        auditlog.register(Paper, m2m_fields={"people"}, exclude_fields=["content", "text", "search_text"])
        auditlog.register(WordCopy, exclude_fields=["text"])
        auditlog.register(ElectronicSignature)
        auditlog.register(SigningCertificate, exclude_fields=["locked_file"])
        auditlog.register(RegulationEdition, exclude_fields=["snapshot"])
        for model in (
            PaperText,
            Blank,
            NumberSeries,
            KeptNumber,
            LegalAct,
            RegulationSection,
            RetentionTerm,
        ):
            auditlog.register(model)
        for model in (OrderPerson, OrderAnnex, OrderLink, ApprovalStep, StepDecision, PointComment):
            auditlog.register(model)
        for model in (Familiarization, FamiliarizationSheet, SignedCopy, Letter):
            auditlog.register(model)
