using System.Text.Json.Serialization;

namespace MrAgreement.Obligations;

/// <summary>On which days reminders are sent, counted from the effective date.</summary>
/// <param name="Before">Days before it, as in 90, 30, 14, 7, 1.</param>
/// <param name="Overdue">Days after it, as in 1, 7, 14, 28.</param>
/// <param name="Review">Days that something delivered may wait before the reviewer is reminded, as in 14, 28; absent for never.</param>
public sealed record ReminderPlan(IReadOnlyList<int> Before, IReadOnlyList<int> Overdue, IReadOnlyList<int>? Review = null)
{
    public static readonly ReminderPlan Usual = new([90, 30, 14, 7, 1], [1, 7, 14, 28]);

    // Without init: a copy with other days would keep the rungs of these.
    public IReadOnlyList<int> Before { get; } = Before;
    public IReadOnlyList<int> Overdue { get; } = Overdue;
    public IReadOnlyList<int>? Review { get; } = Review;

    /// <summary>The signed rungs, earliest first: −90 … +28. Worked out once, since every command asks for them.</summary>
    [JsonIgnore]
    public IReadOnlyList<int> Rungs { get; } = [.. (Before ?? []).Select(days => -days).Concat(Overdue ?? []).Order()];

    /// <summary>Whether the same people are reminded on the same days.</summary>
    public bool IsSame(ReminderPlan other) =>
        Rungs.SequenceEqual(other.Rungs) && (Review ?? []).Order().SequenceEqual((other.Review ?? []).Order());
}

/// <summary>One obligation as the terms state it; a yearly one stands for one occurrence a year.</summary>
/// <param name="Key">Short key, as in <c>mapping-report</c>.</param>
/// <param name="Responsible">The parties that owe it.</param>
/// <param name="Recipient">The party it is owed to; absent when nobody in particular.</param>
/// <param name="Rests">What should come before it: it orders and warns, and never blocks.</param>
/// <param name="Acceptance">Whether the recipient accepts or returns what is delivered; otherwise delivery is enough.</param>
/// <param name="Documents">Kinds of document that a submission must hold.</param>
/// <param name="Clause">Heading of the clause it comes from.</param>
/// <param name="Financial">Whether finance staff may deliver it; absent
/// means that <paramref name="Is"/> or its document kinds tell.</param>
/// <param name="Agenda">What a joint obligation must treat; absent when the agreement does not say.</param>
/// <param name="Is">What it is for; absent means that its shape tells, see <see cref="Purposes"/>.</param>
/// <param name="Text">What the clause says, in its own words or ours; absent when nobody has put it here.</param>
/// <param name="Reading">What is our reading and no clause (tolkning); absent when all of it is the agreement's.</param>
/// <param name="Contents">What the clause says that a deliverable shall or should hold.</param>
public sealed record ObligationTerms(
    string Key,
    string Title,
    IReadOnlyList<string> Responsible,
    ObligationKind Kind,
    DueTerms Due,
    string? Recipient = null,
    IReadOnlyList<string>? Rests = null,
    bool? Acceptance = null,
    IReadOnlyList<string>? Documents = null,
    string? Clause = null,
    bool? Financial = null,
    IReadOnlyList<AgendaItem>? Agenda = null,
    Purpose? Is = null,
    string? Text = null,
    Reading? Reading = null,
    IReadOnlyList<ContentItem>? Contents = null);

/// <summary>Something that a deliverable holds, as its clause says.</summary>
/// <param name="Must">Whether it shall be there; absent means that it should.</param>
public sealed record ContentItem(string Key, string Title, bool? Must = null);

/// <summary>When an obligation is due, as the terms state it: exactly one of the ways is given.</summary>
/// <param name="On">On a fixed date.</param>
/// <param name="Month">At the latest in a month: its last day.</param>
/// <param name="EveryYear">At the latest in a month of every year.</param>
/// <param name="Before">At the latest so many <paramref name="Months"/> and <paramref name="Days"/> before another obligation (0: the
/// same day).</param>
/// <param name="After">At the latest so many <paramref name="Months"/> and <paramref name="Days"/> after another obligation.</param>
/// <param name="From">First year, when what it hangs on is yearly; absent means the other's first.</param>
/// <param name="To">Last year, likewise.</param>
/// <param name="Scheduled">On a date that is set later.</param>
/// <param name="None">No date.</param>
/// <param name="Signed">At the latest so many <paramref name="Months"/> and <paramref name="Days"/> after the signature.</param>
public sealed record DueTerms(
    LocalDate? On = null,
    YearMonth? Month = null,
    EveryYear? EveryYear = null,
    string? Before = null,
    string? After = null,
    int? Days = null,
    int? From = null,
    int? To = null,
    bool? Scheduled = null,
    bool? None = null,
    int? Months = null,
    bool? Signed = null)
{
    /// <summary>Key of the obligation that it hangs on; null when it hangs on none.</summary>
    [JsonIgnore]
    public string? Other => Before ?? After;
}

/// <param name="Month">1 to 12; due on the month's last day.</param>
/// <param name="From">First year.</param>
/// <param name="To">Last year, included.</param>
public sealed record EveryYear(int Month, int From, int To);
