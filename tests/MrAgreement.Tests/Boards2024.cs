using MrAgreement.Agreements;
using MrAgreement.Grants;
using MrAgreement.Parties;

namespace MrAgreement.Tests;

/// <summary>
/// The county boards' joint assignment 2024, as their yearly report tells of it: 21 boards that share by the 24 key, four of them with a duty for all.
/// The report names the two appropriations but not their numbers, nor which money each category was: the numbers are made up here, and the 3 million kronor against racism are taken to be activity funds.
/// </summary>
static class Boards2024
{
    public const string Activities = "verksamhetsmedel";

    public static readonly Appropriation HumanRights = new(1, "6:1");
    public static readonly Appropriation AgainstRacism = new(13, "2:2");

    public static Terms Terms { get; } = FromJson<Terms>(Resource("lansstyrelserna-2024.json"));

    public static IReadOnlyList<string> Boards { get; } = [.. Terms.Grant!.Shares!.Select(share => share.Party)];

    /// <summary>Handles the money for all.</summary>
    public static readonly Actor Örebro = Of("LST-T", Role.Finance);

    /// <summary>Coordinates.</summary>
    public static readonly Actor Västernorrland = Of("LST-Y", Role.ProjectLead);

    public static Actor Of(string board, Role role) => new(new($"{role}-{board}"), board, role);

    public static Story Signed(Terms? terms = null) =>
        Story.Draft(terms ?? Terms, "2024-01-15").Given(Officer, new SignAgreement(Day("2024-01-15"), [new("Erik Ek", "RK"), new("Wilma Vik", "LST-W")]));

    /// <summary>Made for 2024.</summary>
    public static MakeAllocation Allocation(string amount, string category = Activities, Appropriation? appropriation = null, string? party = null) =>
        new(Kr(amount), 2024, "Beslut 2024-02-01", category, appropriation, party);

    public static PrepareAllocationReport Report(params SpendLine[] lines) => new(2024, lines);

    /// <summary>The 10 million kronor of the accounts, allocated.</summary>
    public static Story Allocated() => Signed().Given(Örebro,
        Allocation("5200000", appropriation: HumanRights),
        Allocation("3000000", appropriation: AgainstRacism),
        Allocation("1000000", "nationell-samordning", HumanRights, "LST-Y"),
        Allocation("100000", "ekonomi-förvaltning", HumanRights, "LST-T"),
        Allocation("370000", "kommunikation", HumanRights, "LST-Y"),
        Allocation("330000", "projekt", HumanRights, "LST-Y"));

    /// <summary>Written by the board's finance staff, attested by its approver.</summary>
    public static Story Reported(this Story story, string board, params SpendLine[] lines) =>
        story.Given(Of(board, Role.Finance), Report(lines)).Given(Of(board, Role.Approver), new AttestAllocationReport(story.Dossier.Grant.AllocationReports.Count));

    /// <summary>All that a board was allocated, as spent.</summary>
    public static SpendLine[] All(Grant grant, string board) =>
        [.. grant.Allocations.SelectMany(a => a.Made.Parts.Where(part => part.Party == board).Select(part => new SpendLine(a.Made.Category!, part.Amount, a.Made.Appropriation)))];

    /// <summary>Every board has reported that it has spent all.</summary>
    public static Story AllReported()
    {
        var story = Allocated().On("2025-01-20");
        foreach (var board in Boards)
            story.Reported(board, All(story.Dossier.Grant, board));
        return story;
    }
}
