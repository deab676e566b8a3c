using System.Diagnostics;
using System.Text.RegularExpressions;
using MrAgreement.Calendars;
using MrAgreement.Documents;
using MrAgreement.Parties;
using MrAgreement.Work;

namespace MrAgreement.Agreements;

/// <summary>Decisions on material that is to be open to everybody: one side registers it, the other checks and approves it.</summary>
public static partial class PublicationDecisions
{
    const int Most = 1000;
    const int MostSpread = 500;

    // Letters of other alphabets look like these, and lead elsewhere.
    const char LastLatin = '\u024F';

    /// <summary>What stands against it as things are; null for nothing.</summary>
    internal static Refused? Against(Dossier it, Act act, Subject of, Occasion on) => act == Act.PublishMaterial
        ? it.Grounds.Publications.Count < Most ? null : new("publications-full", ("max", Most))
        : it.Grounds.Publications.Find(of.Number) switch
        {
            null => new("no-such-publication", RefusalKind.NotFound, ("number", of.Number)),
            { Withdrawn: not null } => new("publication-withdrawn", ("number", of.Number)),
            var found => (act, found) switch
            {
                (Act.WithdrawPublication, _) => null,
                (Act.SpreadMaterial, { Spread.Count: >= MostSpread }) => new("spreading-full", ("max", MostSpread)),
                (Act.SpreadMaterial, _) => null,
                (Act.ApprovePublication, { Approved: not null }) => new("publication-approved", ("number", of.Number)),
                (Act.ApprovePublication, _) when found.Party == on.By.Party =>
                    new("own-publication", RefusalKind.Forbidden, ("number", of.Number)),
                (Act.ApprovePublication, _) when found.By == on.By.Id => FourEyes.Refusal,
                (Act.ApprovePublication, _) when Publications.StatusOf(it, found) == PublicationStatus.Erased =>
                    new("publication-erased", ("number", of.Number)),
                (Act.ApprovePublication, _) => Publications.IsShut(it, found.Material)
                    ? new("publication-secret", ("number", of.Number)) : null,
                _ => throw new UnreachableException($"No rule for {act}.")
            }
        };

    internal static Decision Decide(Dossier it, PublishMaterial command, Occasion on)
    {
        var (material, faults) = Read(it, command.Material, on);
        if (it.Grounds.Publications is [.., { Withdrawn: null } last] && last.By == on.By.Id && last.Material.SaysSame(material))
            return new Nothing();
        return Against(it, command.Act, command.Subject, on)
            ?? (faults.Count > 0 ? Refused.Invalid(faults)
            : (Decision)new MaterialPublished(it.Grounds.Publications.Count + 1, material, on.By.Party));
    }

    internal static Decision Decide(Dossier it, SpreadMaterial command, Occasion on)
    {
        if (Against(it, command.Act, command.Subject, on) is { } refused)
            return refused;
        var (told, faults) = (command.Spreading, new List<Fault>());
        if (it.Agreement.Party(told.Party.Trim()) is null)
            faults.Add(new("/party", "unknown-party", ("key", told.Party)));
        // Each side answers for what it says that it has done.
        else if (told.Party.Trim() != on.By.Party)
            faults.Add(new("/party", "spread-by-other", ("party", on.By.Party)));
        faults.AddName("/channel", told.Channel);
        faults.AddRange(DateRange.FaultsOfPast("/on", told.On, on.Today));
        if (told.On < it.Grounds.Publications[command.Number - 1].Material.On)
            faults.Add(new("/on", "spread-before-material", ("date", it.Grounds.Publications[command.Number - 1].Material.On)));
        AddAddress(faults, told.Address);
        var spreading = new Spreading(told.Party.Trim(), told.Channel.Trim(), told.On, Filled(told.Address));
        return faults.Count > 0 ? Refused.Invalid(faults)
            : it.Grounds.Publications[command.Number - 1].Spread is [.., var last] && last.By == on.By.Id && last.Spreading == spreading
                ? new Nothing()
            : new MaterialSpread(command.Number, spreading, on.By.Party);
    }

    internal static Decision Decide(Dossier it, ApprovePublication command, Occasion on)
    {
        var checks = new PublicationChecks(Trimmed(command.Checks.Secrecy), Trimmed(command.Checks.PersonalData),
            Trimmed(command.Checks.Accessibility));
        if (it.Grounds.Publications.Find(command.Number)?.Approved is { } done && (done.By, done.Checks) == (on.By.Id, checks))
            return new Nothing();
        if (Against(it, command.Act, command.Subject, on) is { } refused)
            return refused;
        var faults = new List<Fault>();
        Add("secrecy", checks.Secrecy);
        Add("personalData", checks.PersonalData);
        Add("accessibility", checks.Accessibility);
        return faults.Count > 0 ? Refused.Invalid(faults)
            : new PublicationApproved(command.Number, checks, on.By.Party,
                Publications.FileOf(it, it.Grounds.Publications[command.Number - 1].Material)?.Sha256);

        void Add(string name, PublicationCheck check)
        {
            if (!check.Passed)
                faults.Add(new($"/checks/{name}/passed", "check-not-passed"));
            faults.AddOptionalText($"/checks/{name}/note", check.Note, 2000);
        }
    }

    internal static Decision Decide(Dossier it, WithdrawPublication command, Occasion on)
    {
        var reason = command.Reason.Trim();
        return it.Grounds.Publications.Find(command.Number)?.Withdrawn is { } done && (done.By, done.Reason) == (on.By.Id, reason)
            ? new Nothing()
            : Against(it, command.Act, command.Subject, on) ?? Refused.Text("/reason", reason, 2000)
                ?? (Decision)new PublicationWithdrawn(command.Number, reason, on.By.Party);
    }

    static (Material Material, IReadOnlyList<Fault> Faults) Read(Dossier it, ToldMaterial told, Occasion on)
    {
        var (faults, address, measure, language) =
            (new List<Fault>(), Filled(told.Address), Filled(told.Measure), told.Language.Trim());
        faults.AddText("/title", told.Title, 300);
        if (HiddenLetters.AreIn(told.Title))
            faults.Add(new("/title", "hidden-letters"));
        if (told.Document is null == address is null)
            faults.Add(new("/document", "publication-of-one"));
        AddAddress(faults, address);
        faults.AddRange(DateRange.FaultsOfPast("/on", told.On, on.Today));
        if (language.Length > 35 || !LanguageTag().IsMatch(language))
            faults.Add(new("/language", "language-tag"));
        if (measure is not null && new Plans(it).Measure(measure) is null)
            faults.Add(new("/measure", "no-such-measure", ("key", measure)));
        var material = new Material(told.Title.Trim(), told.Kind, told.On, language, [.. told.Audience.Distinct().Order()],
            told.Document is { } id ? Own(it, id, faults, on) : null, address, measure);
        return (material, faults);
    }

    // What may be secret is not even asked to be opened.
    static DocumentVersion Own(Dossier it, Guid id, List<Fault> faults, Occasion on)
    {
        var version = new DocumentVersion(id, it.Documents[id]?.Versions.Count ?? 0);
        if (it.Documents[id] is not { IsErased: false } found || found.Party != on.By.Party)
            faults.Add(new("/document", "unknown-document", ("document", id)));
        else if (found.Withdrawn is not null)
            faults.Add(new("/document", "document-withdrawn", ("number", found.Number)));
        else if (Publications.IsShut(it, new("", default, default, "", [], version)))
            faults.Add(new("/document", "document-secret", ("number", found.Number)));
        return version;
    }

    static void AddAddress(List<Fault> faults, string? address)
    {
        if (Filled(address) is { } filled && !IsAddress(filled))
            faults.Add(new("/address", "address-unreadable"));
    }

    /// <summary>Whether it is a page of the web that anybody can follow, and hides nothing of where it leads.</summary>
    public static bool IsAddress(string text) => text.Length <= 1000 && !HiddenLetters.AreIn(text) && !text.Any(char.IsWhiteSpace)
        && Uri.TryCreate(text, UriKind.Absolute, out var link) && (link.Scheme == Uri.UriSchemeHttps || link.Scheme == Uri.UriSchemeHttp)
        && link is { UserInfo: "", HostNameType: UriHostNameType.Dns } && link.Host.Contains('.', StringComparison.Ordinal)
        && link.Host.All(it => it <= LastLatin);

    static PublicationCheck Trimmed(PublicationCheck it) => it with { Note = Filled(it.Note) };

    static string? Filled(string? text) => text?.Trim() is { Length: > 0 } trimmed ? trimmed : null;

    [GeneratedRegex(@"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\z", RegexOptions.CultureInvariant)]
    private static partial Regex LanguageTag();
}
