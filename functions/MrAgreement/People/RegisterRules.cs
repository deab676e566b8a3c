using System.Globalization;
using System.Text.RegularExpressions;
using MrAgreement.Calendars;
using MrAgreement.Parties;

namespace MrAgreement.People;

/// <summary>What must hold of the register, and who may change what of it.</summary>
public static partial class RegisterRules
{
    const int MaxRoles = 50;
    const int MaxSubject = 255;

    static readonly IdnMapping hosts = new() { UseStd3AsciiRules = true };

    /// <summary>Codes of the languages that somebody can be spoken to in.</summary>
    public static readonly IReadOnlyList<string> Languages = ["sv", "en"];

    /// <summary>What stands against a person's being as they are told to be; null for nothing.</summary>
    public static Refused? Against(PeopleRegister register, RegisteredPerson to)
    {
        var faults = new List<Fault>();
        faults.AddName("/name", to.Name);
        // One from before is not asked after when something else changes.
        if (!IsMail(to.Mail) && register[to.Id]?.Mail != to.Mail)
            faults.Add(new("/mail", "mail-address"));
        if (!Languages.Contains(to.Language))
            faults.Add(new("/language", "language", ("languages", string.Join(", ", Languages))));
        if (to.Memberships.Count > MaxRoles)
            faults.Add(new("/memberships", "too-many", ("max", MaxRoles)));
        else
            for (var i = 0; i < to.Memberships.Count; i++)
                faults.AddRange(Faults(register, to.Memberships[i], $"/memberships/{i}",
                    to.Memberships.Take(i).Any(earlier => earlier.Overlaps(to.Memberships[i]))));
        if (to.Deputies.Count > MaxRoles)
            faults.Add(new("/deputies", "too-many", ("max", MaxRoles)));
        for (var i = 0; i < to.Deputies.Count; i++)
            faults.AddRange(Faults(register, to, to.Deputies[i], $"/deputies/{i}"));
        return faults.Count > 0 ? Refused.Invalid(faults) : null;
    }

    /// <summary>What stands against a party's being as it is told to be; null for nothing.</summary>
    public static Refused? Against(RegisteredParty to)
    {
        var faults = new List<Fault>();
        if (!PartyKey.Is(to.Key))
            faults.Add(new("/key", "party-key", ("key", to.Key)));
        if (to.Names.Count == 0)
            faults.Add(new("/names", "required"));
        for (var i = 0; i < to.Names.Count; i++)
            faults.AddName($"/names/{i}/name", to.Names[i].Name);
        faults.AddRange(NamesOverTime.Faults("/names", to.Names));
        if (Fault.OptionalText("/address", to.Address, 500) is { } address)
            faults.Add(address);
        return faults.Count > 0 ? Refused.Invalid(faults) : null;
    }

    /// <summary>What stands against an invitation; null for nothing.</summary>
    public static Refused? Against(PeopleRegister register, string mail, Membership to)
    {
        var faults = Faults(register, to, "", overlaps: false).ToList();
        if (!IsMail(mail))
            faults.Add(new("/mail", "mail-address"));
        return faults.Count > 0 ? Refused.Invalid(faults) : null;
    }

    /// <summary>Whether somebody may see to the people of a party: an
    /// administrator to all, one whom a party trusts with it to its own.</summary>
    public static bool MayManage(Actor by, string party) => Rights.MaySomewhere(by, Right.ManagePeople)
        && (by.Role == Role.Admin || by.Party == party);

    /// <summary>Whether somebody may know of a person in the register: whoever sees to a party's people knows
    /// those who belong to it, and those who did and belong nowhere else by now.</summary>
    public static bool Sees(Actor by, RegisteredPerson it, LocalDate on) => by.Role == Role.Admin
        || it.Memberships.Any(m => MayManage(by, m.Party) && (!(m.To < on) || !BelongsElsewhere(it, by.Party, on)));

    /// <summary>Whether the person themselves is somebody's to see to, and not only what they do for a party:
    /// their name, their sessions, their leaving.</summary>
    public static bool SeesToAllOf(Actor by, RegisteredPerson it, LocalDate on) =>
        by.Role == Role.Admin || Sees(by, it, on) && !BelongsElsewhere(it, by.Party, on);

    /// <summary>Whether somebody may change one person into another: nobody gives or takes what is not theirs to give.</summary>
    /// <param name="before">Null for a new person.</param>
    public static bool MayChange(Actor by, RegisteredPerson? before, RegisteredPerson after, LocalDate on) => by.Role == Role.Admin
        || Sees(by, before ?? after, on)
            && Elsewhere(before, by.Party).SequenceEqual(Elsewhere(after, by.Party))
            && Others(before, by.Party).SequenceEqual(Others(after, by.Party))
            && (before is null || SeesToAllOf(by, before, on)
                || (before.Name, before.Mail, before.Language, before.Left) == (after.Name, after.Mail, after.Language, after.Left));

    /// <summary>Whether somebody who can sign in sees to all of the register on a day.</summary>
    public static bool HasAdministrator(PeopleRegister register, LocalDate on, Func<Identity, bool> signsIn) =>
        register.People.Any(p => p.Is(Role.Admin, on) && p.Identities.Any(signsIn));

    /// <summary>Whether somebody does on every day from one on, as far as can be said.</summary>
    public static bool AlwaysHasAdministrator(PeopleRegister register, LocalDate from, Func<Identity, bool> signsIn) =>
        register.People.SelectMany(p => p.Memberships.Where(m => m.Role == Role.Admin).Select(m => m.To?.PlusDays(1)).Append(p.Left))
            .OfType<LocalDate>().Where(day => day > from).Append(from).All(day => HasAdministrator(register, day, signsIn));

    /// <summary>What stands against an identity that an administrator gives a program; null for nothing.</summary>
    public static IEnumerable<Fault> Faults(Identity it, string at, Func<Identity, bool> signsIn)
    {
        if (!signsIn(it))
            yield return new($"{at}/issuer", "unknown-issuer");
        if (Fault.Text($"{at}/subject", it.Subject, MaxSubject) is { } length)
            yield return length;
        else if (HiddenLetters.AreIn(it.Subject))
            yield return new($"{at}/subject", "hidden-letters");
        else if (PersonalNumber().IsMatch(it.Subject))
            yield return new($"{at}/subject", "personal-number");
    }

    /// <summary>Whether a mail can be addressed to it: a name of words between dots, and a host's name. Source: RFC 5321, 4.1.2; RFC 6531.
    /// </summary>
    public static bool IsMail(string text) =>
        text.Length <= 254 && MailAddress().IsMatch(text) && IsHost(text[(text.IndexOf('@') + 1)..]);

    static bool IsHost(string name)
    {
        try
        {
            return hosts.GetAscii(name).Length <= 253;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    static IEnumerable<Membership> Elsewhere(RegisteredPerson? it, string party) => (it?.Memberships ?? []).Where(m => m.Party != party);

    static IEnumerable<Deputy> Others(RegisteredPerson? it, string party) => (it?.Deputies ?? []).Where(d => d.Party != party);

    static bool BelongsElsewhere(RegisteredPerson it, string party, LocalDate on) => Elsewhere(it, party).Any(m => !(m.To < on));

    static IEnumerable<Fault> Faults(PeopleRegister register, Membership it, string at, bool overlaps)
    {
        if (it.To < it.From)
            yield return new($"{at}/to", "period-reversed", ("earliest", it.From));
        foreach (var fault in DateRange.Faults(($"{at}/from", it.From), ($"{at}/to", it.To)))
            yield return fault;
        if (it.IsOfParty ? register[it.Party] is null : it.Party.Length > 0)
            yield return it.IsOfParty ? new($"{at}/party", "no-such-party", ("key", it.Party))
                : new($"{at}/party", "role-without-party", ("role", it.Role));
        if (overlaps)
            yield return new(at, "membership-overlaps", ("role", it.Role), ("party", it.Party));
    }

    static IEnumerable<Fault> Faults(PeopleRegister register, RegisteredPerson of, Deputy it, string at)
    {
        if (it.To < it.From)
            yield return new($"{at}/to", "period-reversed", ("earliest", it.From));
        foreach (var fault in DateRange.Faults(($"{at}/from", it.From), ($"{at}/to", it.To)))
            yield return fault;
        if (it.For == of.Id)
            yield return new($"{at}/for", "own-deputy");
        else if (register[it.For] is not { } other || it.Party is { } party && other.Memberships.All(m => m.Party != party))
            yield return new($"{at}/for", "no-such-person");
    }

    [GeneratedRegex(@"^(?:\d{2})?\d{6}[-+]?\d{4}\z", RegexOptions.CultureInvariant)]
    private static partial Regex PersonalNumber();

    // Whether somebody reads it is found out by writing to it. No host's name ends in a number (RFC 3696, 2).
    [GeneratedRegex(@"^(?=[^@]{1,64}@)[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*"
        + @"@(?:[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?\.)+(?!\d+\z)[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex MailAddress();
}
