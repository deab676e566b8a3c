using MrAgreement.Organisations;
using MrAgreement.Overviews;
using MrAgreement.Web.Http;
using MrAgreement.Web.Obligations;
using MrAgreement.Web.Organisations;
using MrAgreement.Work;

namespace MrAgreement.Web.Work;

/// <param name="Steps">From the bottom up, by their order.</param>
public sealed record SupportLadderRequest(IReadOnlyList<LadderStepRequest> Steps);

/// <param name="Key">Short, within the ladder.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Order">From 1; no two steps have the same.</param>
/// <param name="Efforts">Kinds of efforts that are made on it.</param>
/// <param name="Intent">Whether it asks for a declaration of intent.</param>
public sealed record LadderStepRequest(
    string Key, string Title, int Order, IReadOnlyList<EffortKind>? Efforts = null, bool? Intent = null)
{
    internal LadderStep Step => new(Key, Title, Order, Efforts ?? [], Intent ?? false);
}

/// <summary>The support ladder.</summary>
/// <param name="Version">From 1.</param>
/// <param name="Steps">From the bottom up.</param>
/// <param name="Party">Key of the party that set it.</param>
/// <param name="By">Who set it.</param>
/// <param name="At">When.</param>
public sealed record SupportLadderView(int Version, IReadOnlyList<LadderStep> Steps, string Party, PersonView By, Instant At)
{
    internal static SupportLadderView Of(SupportLadder it, Viewpoint at) => new(it.Version, it.Steps, it.Party, at.Name(it.By), it.At);
}

/// <param name="Title">What it is called.</param>
/// <param name="Kind">network, seminar, course, conference, tool, dialogue, process-support, pilot, grant or other.</param>
/// <param name="Step">Key of a step of the support ladder.</param>
/// <param name="From">The first day.</param>
/// <param name="Form">on-site, digital or both.</param>
/// <param name="To">The last day; absent where it is the first too.</param>
/// <param name="Arrangers">Keys of parties, and ids of organisations.</param>
/// <param name="Audience">elected, leadership, officials, public-facing.</param>
/// <param name="Organisations">Ids of those whom it reaches.</param>
/// <param name="Group">Or the key of a group in the register of organisations.</param>
/// <param name="Counties">Or letters of counties, whose municipalities and regions are meant.</param>
/// <param name="Participants">How many people.</param>
/// <param name="Perspectives">As children, gender equality.</param>
/// <param name="Measure">Key of the measure of the plan that it belongs to.</param>
/// <param name="Documents">Ids of documents of one's own party; they are handed over.</param>
public sealed record EffortRequest(
    string Title, EffortKind Kind, string Step, LocalDate From, EffortForm Form, LocalDate? To = null,
    IReadOnlyList<string>? Arrangers = null, IReadOnlyList<EffortAudience>? Audience = null, IReadOnlyList<string>? Organisations = null,
    string? Group = null, IReadOnlyList<string>? Counties = null, int? Participants = null, IReadOnlyList<string>? Perspectives = null,
    string? Measure = null, IReadOnlyList<Guid>? Documents = null)
{
    internal ToldEffort Told => new(Title, Kind, Step, From, To, Form, Arrangers ?? [], Audience ?? [],
        new(Organisations ?? [], Group, Counties ?? []), Participants, Perspectives ?? [], Measure, Documents ?? []);
}

/// <param name="On">The day on which it was seen, today or earlier.</param>
/// <param name="Kind">knowledge, contact, structure, changed-practice or none-seen.</param>
/// <param name="Text">What was seen.</param>
/// <param name="Organisation">Id of the organisation where it was seen.</param>
/// <param name="Evidence">What tells it.</param>
public sealed record EffectRequest(LocalDate On, EffectKind Kind, string Text, string? Organisation = null, string? Evidence = null)
{
    internal EffectContent Content => new(On, Kind, Text, Organisation, Evidence);
}

/// <param name="Reason">Why it did not come about.</param>
public sealed record CancellationRequest(string Reason);

/// <param name="Organisation">Id of the municipality.</param>
/// <param name="Area">In which it wants to do more.</param>
/// <param name="Text">What it says.</param>
/// <param name="SignedOn">Today or earlier.</param>
/// <param name="Document">Id of a document of one's own party; it is handed over.</param>
public sealed record IntentRequest(string Organisation, string Area, string Text, LocalDate SignedOn, Guid? Document = null);

/// <summary>That a municipality wants to do more in an area.</summary>
/// <param name="Number">From 1, within the agreement.</param>
/// <param name="Organisation">Id of the municipality.</param>
/// <param name="Area">In which it wants to do more.</param>
/// <param name="Text">What it says.</param>
/// <param name="SignedOn">The day.</param>
/// <param name="Document">The declaration; null for none.</param>
/// <param name="Party">Key of the party that recorded it.</param>
/// <param name="By">Who recorded it.</param>
/// <param name="At">When.</param>
public sealed record IntentView(
    int Number, string Organisation, string Area, string Text, LocalDate SignedOn, SubmittedDocumentView? Document, string Party,
    PersonView By, Instant At)
{
    internal static IntentView Of(Intent it, Viewpoint at) => new(it.Number, it.Organisation, it.Area, it.Text, it.SignedOn,
        it.Document is { } document ? SubmittedDocumentView.Of([document], at)[0] : null, it.Party, at.Name(it.By), it.At);
}

/// <summary>Something that is done for those whom the work is to reach.</summary>
/// <param name="Number">From 1, within the agreement.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Kind">network, seminar, course, conference, tool, dialogue, process-support, pilot, grant or other.</param>
/// <param name="Step">Key of the step that it was made on.</param>
/// <param name="Ladder">Version of the ladder that the step is of.</param>
/// <param name="From">The first day.</param>
/// <param name="To">The last day; null where it is the first too.</param>
/// <param name="Form">on-site, digital or both.</param>
/// <param name="Arrangers">Keys of parties, and ids of organisations.</param>
/// <param name="Audience">elected, leadership, officials, public-facing.</param>
/// <param name="Organisations">Ids of those whom it names.</param>
/// <param name="Group">The group that it names; null for none.</param>
/// <param name="Counties">Letters of the counties that it names.</param>
/// <param name="Reaches">Ids of all whom it reaches, by the register on its first day.</param>
/// <param name="Participants">How many people; null where nobody has counted.</param>
/// <param name="Perspectives">As children, gender equality.</param>
/// <param name="Measure">Key of the measure that it belongs to; null for none.</param>
/// <param name="Documents">Documents handed over with it.</param>
/// <param name="Effects">What was seen to come of it.</param>
/// <param name="Warnings">intent-missing, where its step asks for a declaration that somebody has not made; kind-not-of-step.</param>
/// <param name="WithoutIntent">Ids of those who have made none, where the step asks for it.</param>
/// <param name="Cancelled">Why it did not come about; null unless so.</param>
/// <param name="Party">Key of the party that recorded it.</param>
/// <param name="By">Who told it last.</param>
/// <param name="At">When.</param>
public sealed record EffortView(
    int Number, string Title, EffortKind Kind, string Step, int Ladder, LocalDate From, LocalDate? To, EffortForm Form,
    IReadOnlyList<string> Arrangers, IReadOnlyList<EffortAudience> Audience, IReadOnlyList<string> Organisations, string? Group,
    IReadOnlyList<string> Counties, IReadOnlyList<string> Reaches, int? Participants, IReadOnlyList<string> Perspectives, string? Measure,
    IReadOnlyList<SubmittedDocumentView> Documents, IReadOnlyList<EffectView> Effects, IReadOnlyList<string> Warnings,
    IReadOnlyList<string> WithoutIntent, RetractedView? Cancelled, string Party, PersonView By, Instant At)
{
    internal static EffortView Of(Effort it, Viewpoint at, OrganisationRegister register)
    {
        var (told, support) = (it.Content, at.Dossier.Grounds.Support);
        IReadOnlyList<string> without = [.. EffortReaching.WithoutIntent(support, told, register).Select(one => one.Id)];
        return new(it.Number, told.Title, told.Kind, told.Step, told.Ladder, told.From, told.To, told.Form, told.Arrangers, told.Audience,
            told.Reach.Organisations, told.Reach.Group, told.Reach.Counties,
            [.. EffortReaching.Of(told, register).Select(one => one.Id)], told.Participants, told.Perspectives, told.Measure,
            SubmittedDocumentView.Of(told.Documents, at), [.. it.Effects.Select(effect => EffectView.Of(effect, at))],
            WarningsOf(support, told, without.Count > 0), without,
            it.Cancelled is { } cancelled ? new(cancelled.Reason, at.Name(cancelled.By), cancelled.At) : null, it.Party,
            at.Name(it.Versions[^1].By), it.Versions[^1].At);
    }

    internal static IReadOnlyList<string> WarningsOf(Support support, EffortContent told, bool isWithout) =>
    [
        .. isWithout ? ["intent-missing"] : (string[])[],
        .. support.StepOf(told).Efforts is { Count: > 0 } kinds && !kinds.Contains(told.Kind) ? ["kind-not-of-step"] : (string[])[]
    ];
}

/// <param name="Number">From 1, within the effort.</param>
/// <param name="On">The day on which it was seen.</param>
/// <param name="Kind">knowledge, contact, structure, changed-practice or none-seen.</param>
/// <param name="Organisation">Id of the organisation where it was seen; null where it is of none.</param>
/// <param name="Text">What was seen.</param>
/// <param name="Evidence">What tells it.</param>
/// <param name="Party">Key of the party that recorded it.</param>
/// <param name="By">Who recorded it.</param>
/// <param name="At">When.</param>
public sealed record EffectView(
    int Number, LocalDate On, EffectKind Kind, string? Organisation, string Text, string? Evidence, string Party, PersonView By, Instant At)
{
    internal static EffectView Of(Effect it, Viewpoint at) => new(it.Number, it.Content.On, it.Content.Kind, it.Content.Organisation,
        it.Content.Text, it.Content.Evidence, it.Party, at.Name(it.By), it.At);
}

/// <summary>Whom efforts have reached.</summary>
/// <param name="By">step, county, organisation or size-class.</param>
/// <param name="InAll">Everybody.</param>
/// <param name="Rows">One for each.</param>
/// <param name="Others">Other bodies of the register that were reached.</param>
/// <param name="Unknown">Ids that the register has no longer.</param>
public sealed record EffortCoverageView(
    EffortCoverageBy By, EffortCoverageRowView InAll, IReadOnlyList<EffortCoverageRowView> Rows, int Others, IReadOnlyList<string> Unknown)
{
    internal static EffortCoverageView Told(EffortCoverage it) => new(it.By, EffortCoverageRowView.Of(it.InAll),
        [.. it.Rows.Select(EffortCoverageRowView.Of)], it.Others, it.Unknown);
}

/// <param name="Key">Of the step, the county, the organisation or the group; null for those of none.</param>
/// <param name="Title">What it is called; null of counties.</param>
/// <param name="Efforts">How many.</param>
/// <param name="Reached">How many of all.</param>
/// <param name="NotReached">How many of all were not.</param>
/// <param name="Municipalities">So many reached of so many; Gotland counts here.</param>
/// <param name="Regions">And here.</param>
/// <param name="CountyBoards">So many reached of so many.</param>
/// <param name="Organisations">Municipalities and regions together, Gotland once: of 310.</param>
/// <param name="All">With county boards: of 331.</param>
/// <param name="HighestStep">The highest step that anybody was reached on; null for none.</param>
/// <param name="AtHighest">Of a step, how many organisations have it as their highest; null of other rows.</param>
/// <param name="Effects">By kind; an effect of no organisation counts with the step and with all.</param>
public sealed record EffortCoverageRowView(
    string? Key, string? Title, int Efforts, int Reached, int NotReached, PartView Municipalities, PartView Regions, PartView CountyBoards,
    PartView Organisations, PartView All, string? HighestStep, int? AtHighest, IReadOnlyList<EffectCountView> Effects)
{
    internal static EffortCoverageRowView Of(EffortRow it) => new(it.Key, it.Title, it.Efforts, it.Reached.All.In,
        it.Reached.All.Of - it.Reached.All.In, PartView.Told(it.Reached.Municipalities), PartView.Told(it.Reached.Regions),
        PartView.Told(it.Reached.CountyBoards), PartView.Told(it.Reached.Both), PartView.Told(it.Reached.All), it.Highest, it.AtHighest,
        [.. it.Effects.Select(effect => new EffectCountView(effect.Key, effect.Value))]);
}

/// <param name="Kind">knowledge, contact, structure, changed-practice or none-seen.</param>
/// <param name="Count">How many.</param>
public sealed record EffectCountView(EffectKind Kind, int Count);
