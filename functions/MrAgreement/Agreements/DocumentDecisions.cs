using MrAgreement.Calendars;
using MrAgreement.Documents;
using MrAgreement.Obligations;
using MrAgreement.Parties;
using MrAgreement.Work;

namespace MrAgreement.Agreements;

/// <summary>Decisions on documents that need to know where they have gone.</summary>
public static class DocumentDecisions
{
    /// <summary>Whether any version has left its party: handed over, or recorded with what the parties do together.</summary>
    public static bool IsHandedOver(Dossier it, Guid document) => it.Agreement.InOrder
        .SelectMany(o => o.Submissions.SelectMany(s => s.Documents).Concat(o.Completions.SelectMany(c => c.Documents)))
        .Concat(it.Agreement.Shared.Select(shared => shared.Document))
        .Concat(Together(it).Select(handed => handed.Version))
        .Any(version => version.Document == document);

    /// <summary>The version that what was decided stands on: the last that was signed, agreed on in an amendment or accepted. Null where
    /// nothing was decided on it.</summary>
    public static int? StandsOn(Dossier it, Guid document) => it.Agreement.Shared.Select(shared => shared.Document)
        .Concat(it.Agreement.InOrder.SelectMany(o => o.Submissions.Where(s => s.State == SubmissionState.Accepted)
            .SelectMany(s => s.Documents)))
        .Where(version => version.Document == document).Max(version => (int?)version.Version);

    /// <summary>What was decided on a document stays on its version; another one is of the same kind of file.</summary>
    public static Decision Decide(Dossier it, AddDocumentVersion command, Occasion on) =>
        RegisterDecisions.Decide(it.Documents, command, on) is var decided && decided is Accepted
        && StandsOn(it, command.Document) is { } version && it.Documents[command.Document]!.Versions[version - 1].File.Name is var name
        && FileFormat.MediaTypeOf(name) is { } format && FileFormat.MediaTypeOf(command.File.Name) != format
            ? Refused.Invalid(new Fault("/file", "version-of-other-kind", ("version", version), ("name", name)))
            : decided;

    /// <summary>Whether a party has a document: its own, or handed over to it.</summary>
    public static bool Holds(Dossier it, string party, Document document) => Held(it, party, document).Any();

    /// <summary>The versions of a document that a party has, by number.</summary>
    public static IEnumerable<int> Held(Dossier it, string party, Document document) =>
        Came(it, party, document).Select(came => came.Version);

    /// <summary>The versions of a document that a party has had on a day.</summary>
    public static IEnumerable<int> HeldOn(Dossier it, string party, Document document, LocalDate day) =>
        Came(it, party, document).Where(came => came.On <= day).Select(came => came.Version);

    /// <summary>The day on which a party got a document: on which it came in or was drawn up, or was first handed over to it. Null where
    /// it has not.</summary>
    public static LocalDate? CameOn(Dossier it, string party, Document document) =>
        Came(it, party, document).Select(came => (LocalDate?)came.On).Min();

    static IEnumerable<(int Version, LocalDate On)> Came(Dossier it, string party, Document document) => document.Party == party
        ? document.Versions.Select(version => (version.Number, version.Number == 1
            ? LocalDate.Min(document.On, document.RegisteredOn) : StockholmTime.DateOf(version.At)))
        : Together(it).Where(handed => handed.Version.Document == document.Id && IsOneSide(it.Agreement, party))
            .Select(handed => (handed.Version.Version, handed.On)).Concat(
          from o in it.Agreement.InOrder
          where o.Recipient == party || o.Kind == ObligationKind.Joint && o.Responsible.Contains(party)
          from handed in o.Submissions.SelectMany(s => s.Documents.Select(version => (version, s.On)))
              .Concat(o.Completions.SelectMany(c => c.Documents.Select(version => (version, On: StockholmTime.DateOf(c.At)))))
          where handed.version.Document == document.Id
          select (handed.version.Version, handed.On))
            // What the agreement and its amendments are on paper each party has.
            .Concat(it.Agreement.Shared.Where(shared => shared.Document.Document == document.Id && it.Agreement.Party(party) is not null)
                .Select(shared => (shared.Document.Version, StockholmTime.DateOf(shared.At))));

    /// <summary>What one side handed over to the other with the meetings of bodies and with what is told of the work, and when.</summary>
    public static IEnumerable<(DocumentVersion Version, LocalDate On)> Together(Dossier it) =>
        it.Agreement.Bodies.SelectMany(body => body.Meetings).Select(meeting => (meeting.Documents, meeting.At))
            .Concat(it.Grounds.Informations.Select(information => (information.Documents, information.At)))
            .Concat(it.Grounds.ProjectPlans.Values.SelectMany(plan => plan.Versions).Select(version => (version.Documents, version.At)))
            .Concat(it.Grounds.Measures.Values.SelectMany(Told))
            .Concat(it.Grounds.Indicators.Values.SelectMany(indicator => indicator.Readings)
                .Select(reading => (reading.Content.Documents, reading.At)))
            .Concat(it.Grounds.Support.Efforts.SelectMany(effort => effort.Versions)
                .Select(version => (version.Content.Documents, version.At)))
            .Concat(it.Grounds.Support.Intents.Select(intent => (Documents: One(intent.Document), intent.At)))
            // Whoever is to approve it reads it first.
            .Concat(it.Grounds.Publications.Select(publication => (Documents: One(publication.Material.Document), publication.At)))
            .SelectMany(handed => handed.Documents.Select(version => (version, StockholmTime.DateOf(handed.At))));

    static IReadOnlyList<DocumentVersion> One(DocumentVersion? document) => document is null ? [] : [document];

    static IEnumerable<(IReadOnlyList<DocumentVersion> Documents, Instant At)> Told(FollowedMeasure measure) =>
        measure.Reports.Select(report => (report.Content.Documents, report.At)).Concat(measure.Assessments.Select(assessment =>
            ((IReadOnlyList<DocumentVersion>)[.. assessment.Evidence.Select(evidence => evidence.Document).OfType<DocumentVersion>()],
                assessment.At)));

    /// <summary>Whether a party is one of the two sides: those that meet in bodies and tell one another of recommendations.</summary>
    public static bool IsOneSide(Agreement it, string party) => it.Party(party)?.Role is PartyRole.Recipient or PartyRole.Grantor;

    /// <summary>What stands against withdrawing a document as things are; null for nothing. What has reached somebody stays.</summary>
    internal static Refused? Against(Dossier it, Subject of, Occasion on) =>
        RegisterDecisions.Against(it.Documents, Act.WithdrawDocument, of, on)
            ?? (IsHandedOver(it, of.Id) ? new("document-handed-over", ("number", it.Documents[of.Id]!.Number)) : null);

    internal static Decision Decide(Dossier it, RegisterDocument command, Occasion on) =>
        RegisterDecisions.Decide(it.Documents, command, on, document => Holds(it, on.By.Party, document));

    internal static Decision Decide(Dossier it, RegisterDocuments command, Occasion on) =>
        RegisterDecisions.Decide(it.Documents, command, on, document => Holds(it, on.By.Party, document));

    internal static Decision Decide(Dossier it, WithdrawDocument command, Occasion on) =>
        it.Documents[command.Document] is { Withdrawn: { } done } found && found.WithdrawnBy == on.By.Id
            && done.Reason == command.Reason.Trim()
            ? new Nothing()
            : Against(it, command.Document, on) ?? Refused.Text("/reason", command.Reason, 2000)
                ?? (Decision)new DocumentWithdrawn(command.Document, command.Reason.Trim());
}
