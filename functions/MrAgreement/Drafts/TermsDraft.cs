using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using MrAgreement.Parties;

namespace MrAgreement.Drafts;

/// <summary>Terms that are being written, section by section, by the people of a party that may make agreements. Nothing of it binds, and
/// what it says need not hold yet.</summary>
/// <param name="Id">That of the agreement too that is made of it.</param>
/// <param name="Party">Whose draft it is.</param>
/// <param name="By">Who began it.</param>
/// <param name="Sections">In the order of the terms; each obligation is a section of its own.</param>
/// <param name="LastNumber">Of the last obligation that was added: none is used twice.</param>
public sealed record TermsDraft(
    Guid Id, string Party, PersonId By, Instant At, ImmutableList<DraftSection> Sections, int LastNumber = 0)
{
    /// <summary>As many as are kept with a draft.</summary>
    public const int MostComments = 500;

    /// <summary>Letters of a comment.</summary>
    public const int LongestComment = 2000;

    /// <summary>The other parties whose people may read it.</summary>
    public ImmutableList<string> ShownTo { get; init; } = [];

    public ImmutableList<DraftComment> Comments { get; init; } = [];

    /// <summary>When it was made into an agreement; null until then. Nothing is changed in it any more.</summary>
    public Instant? MadeAt { get; init; }

    /// <summary>By the agreement's id, which is its own.</summary>
    [JsonIgnore]
    public AgreementId Agreement => new(Id);

    /// <summary>The last change of a section.</summary>
    [JsonIgnore]
    public DraftSection Latest => Sections.MaxBy(section => section.At)!;

    /// <summary>Whether others have changed it or said something of it since somebody read it.</summary>
    /// <param name="read">As they read it; null for never.</param>
    public bool IsNews(PersonId to, DraftAsRead? read) => Said(to, read).Any()
        || Version != read?.Version && Sections.Exists(section => section.By != to && !(section.At < read?.At));

    /// <summary>What others have said of it since somebody read it.</summary>
    /// <param name="read">As they read it; null for never.</param>
    public IEnumerable<DraftComment> Said(PersonId to, DraftAsRead? read) =>
        Comments.Skip(read?.Comments ?? 0).Where(comment => comment.By != to);

    /// <summary>What other parties have said and nobody of the draft's own party has answered, by writing or by changing the
    /// section; the last in each section.</summary>
    [JsonIgnore]
    public IEnumerable<DraftComment> Unanswered => Comments.Where(comment => this[comment.Section] is not null)
        .GroupBy(comment => comment.Section).Select(said => said.Last())
        .Where(last => last.Party != Party && !(this[last.Section]!.At > last.At));

    /// <summary>What it says in all: changes with every section that does.</summary>
    [JsonIgnore]
    public int Version => Sections.Sum(section => section.Version) + LastNumber;

    [JsonIgnore]
    public IEnumerable<DraftSection> Obligations => Sections.Where(section => section.IsObligation);

    /// <summary>The section by that key; null when there is none.</summary>
    public DraftSection? this[string key] => Sections.Find(section => section.Key == key);

    /// <summary>The draft with another content of a section.</summary>
    /// <param name="version">The version that was changed.</param>
    public (TermsDraft After, Refused? Refused) With(string key, int version, JsonObject content, Occasion on)
    {
        if (MadeAt is not null)
            return (this, new("draft-made"));
        if (this[key] is not { } before)
            return (this, new("no-such-section", RefusalKind.NotFound, ("key", key)));
        if (JsonNode.DeepEquals(before.Content, content))
            return (this, null);
        if (before.Version != version)
            return (this, new("section-changed"));
        return (this with { Sections = Sections.Replace(before, before.With(content, on)) }, null);
    }

    /// <summary>The draft with one obligation more, last; the section that it is.</summary>
    public (TermsDraft After, Refused? Refused) Adding(JsonObject content, Occasion on)
    {
        if (MadeAt is not null)
            return (this, new("draft-made"));
        var added = new DraftSection(DraftSection.ObligationKey(LastNumber + 1), 1, content, on.By.Id, on.Now);
        return (this with { LastNumber = LastNumber + 1, Sections = Sections.Insert(Places.Last + 1, added) }, null);
    }

    /// <summary>The draft without an obligation.</summary>
    public (TermsDraft After, Refused? Refused) Without(string key, int version)
    {
        if (MadeAt is not null)
            return (this, new("draft-made"));
        if (this[key] is not { IsObligation: true } gone)
            return (this, null);
        if (gone.Version != version)
            return (this, new("section-changed"));
        // The version of the whole does not come back to what it was.
        return (this with { Sections = Sections.Remove(gone), LastNumber = LastNumber + gone.Version + 1 }, null);
    }

    /// <summary>The draft with an obligation moved among the others.</summary>
    /// <param name="place">From 1; beyond the others means last.</param>
    public (TermsDraft After, Refused? Refused) Moving(string key, int place)
    {
        if (MadeAt is not null)
            return (this, new("draft-made"));
        if (this[key] is not { IsObligation: true } moved)
            return (this, new("no-such-section", RefusalKind.NotFound, ("key", key)));
        var (first, last) = Places;
        return (this with { Sections = Sections.Remove(moved).Insert(first + Math.Clamp(place - 1, 0, last - first), moved) }, null);
    }

    /// <summary>The draft in which others name an obligation by another key; what they say is the same,
    /// and so are their versions.</summary>
    public TermsDraft Renaming(string was, string key) =>
        Obligations.Any(section => DraftTerms.TextOf(section.Content["key"]) == was) ? this : this with
        {
            Sections = [.. Sections.Select(section => section.IsObligation ? section with { Content = Renamed(section.Content, was, key) }
                : section)]
        };

    // Ways in which a date is counted from another obligation's.
    static readonly string[] others = ["before", "after"];

    static JsonObject Renamed(JsonObject content, string was, string key)
    {
        var due = content["due"] as JsonObject;
        var names = (content["rests"] as JsonArray)?.Any(rest => DraftTerms.TextOf(rest) == was) == true;
        if (!names && others.All(way => DraftTerms.TextOf(due?[way]) != was))
            return content;
        var after = (JsonObject)content.DeepClone();
        if (after["rests"] is JsonArray rests)
            for (var i = 0; i < rests.Count; i++)
                if (DraftTerms.TextOf(rests[i]) == was)
                    rests[i] = key;
        foreach (var way in others)
            if (after["due"] is JsonObject rule && DraftTerms.TextOf(rule[way]) == was)
                rule[way] = key;
        return after;
    }

    /// <summary>The draft with one comment more.</summary>
    public (TermsDraft After, Refused? Refused) Commented(string section, string text, Occasion on)
    {
        if (this[section] is null)
            return (this, new("no-such-section", RefusalKind.NotFound, ("key", section)));
        if (Fault.Text("/text", text, LongestComment) is { } fault)
            return (this, Refused.Invalid(fault));
        if (Comments.Count >= MostComments)
            return (this, new("comments-full", ("max", MostComments)));
        return (this with
        {
            Comments = Comments.Add(new(Comments.IsEmpty ? 1 : Comments[^1].Number + 1, section, text, on.By.Id, on.By.Party, on.Now))
        }, null);
    }

    /// <summary>The draft shown to these parties and no others.</summary>
    public (TermsDraft After, Refused? Refused) Showing(IReadOnlyList<string> parties)
    {
        if (MadeAt is not null)
            return (this, new("draft-made"));
        var named = DraftTerms.Parties(DraftTerms.Whole(this)).Select(party => party.Key).Where(key => key != Party).ToHashSet();
        return parties.FirstOrDefault(party => !named.Contains(party)) is { } stranger
            ? (this, Refused.Invalid(new Fault("/parties", "party-not-named", ("party", stranger))))
            : (this with { ShownTo = [.. parties.Distinct()] }, null);
    }

    // Of the first and the last obligation among the sections; the last is before the first where there are none.
    (int First, int Last) Places
    {
        get
        {
            var first = Sections.FindIndex(section => section.Key == DraftSection.Goals) + 1;
            return (first, first + Obligations.Count() - 1);
        }
    }
}

/// <summary>A part of a draft that one person writes at a time.</summary>
/// <param name="Key">What it is called in addresses: about, parties, goals, obligation-1, grant, reminders.</param>
/// <param name="Version">From 1; every change makes a new one.</param>
/// <param name="Content">Fields of the terms, or of the obligation, as they were typed.</param>
/// <param name="By">Who changed it last.</param>
public sealed record DraftSection(string Key, int Version, JsonObject Content, PersonId By, Instant At)
{
    public const string About = "about";
    public const string Parties = "parties";
    public const string Goals = "goals";
    public const string Grant = "grant";
    public const string Reminders = "reminders";

    const string Obligation = "obligation-";

    [JsonIgnore]
    public bool IsObligation => Key.StartsWith(Obligation, StringComparison.Ordinal);

    public static string ObligationKey(int number) => $"{Obligation}{number}";

    internal DraftSection With(JsonObject content, Occasion on) =>
        this with { Version = Version + 1, Content = content, By = on.By.Id, At = on.Now };
}

/// <param name="Number">From 1, within the draft.</param>
/// <param name="Section">Key of the section that it is on.</param>
/// <param name="Party">The party that the person spoke for.</param>
public sealed record DraftComment(int Number, string Section, string Text, PersonId By, string Party, Instant At);

/// <summary>A draft as somebody has read it, and when.</summary>
/// <param name="Terms">As one document.</param>
/// <param name="Version">Of the whole; null in older records.</param>
/// <param name="Comments">How many there were.</param>
public sealed record DraftAsRead(JsonObject Terms, Instant At, int? Version = null, int Comments = 0);
