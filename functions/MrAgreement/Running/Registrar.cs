using MrAgreement.Calendars;
using MrAgreement.Parties;
using MrAgreement.People;

namespace MrAgreement.Running;

/// <summary>Changes the register of people and parties: by those who may,
/// to what may be, each told in the log of security events.</summary>
/// <param name="clock">The domain's, by whose day memberships hold.</param>
/// <param name="signsIn">Whether there is a provider that vouches for an identity.</param>
public sealed class Registrar(KeptRegister register, KeptInvitations invitations, KeptOrganisations organisations, SecurityLog log,
    IClock machine, IClock clock, Func<Guid> newId, Func<Identity, bool> signsIn)
{
    /// <summary>The refusal of whoever does not see to those people.</summary>
    public static readonly Refused NotYours = new("not-your-people", RefusalKind.Forbidden);
    static readonly Refused meanwhile = new("changed-meanwhile");

    /// <summary>Adds a person; the identities are those by which a program signs in, which follows no link.</summary>
    public async Task<Refused?> Add(Actor by, RegisteredPerson person, string? from, CancellationToken cancellation = default)
    {
        var before = await register.ReadAfresh(cancellation);
        if (!RegisterRules.MayChange(by, null, person, Today) || person.Identities.Count > 0 && by.Role != Role.Admin)
            return NotYours;
        if (RegisterRules.Against(before, person) is { } refused)
            return refused;
        if (person.Identities.SelectMany((identity, i) => RegisterRules.Faults(identity, $"/identities/{i}", signsIn)).ToList()
            is { Count: > 0 } faults)
            return Refused.Invalid(faults);
        foreach (var (i, identity) in person.Identities.Index())
            if (await register.Claim(identity, person.Id, cancellation) != person.Id)
            {
                foreach (var claimed in person.Identities.Take(i))
                    await register.Release(claimed, person.Id, cancellation);
                return new Refused("identity-taken").NotSo();
            }
        if (!await register.Put(person, KeptRecord.New, cancellation))
            return meanwhile;
        await log.Write(SecurityEvent.PersonAdded, by.Id, person.Id.Value, from, Roles(person), cancellation);
        return null;
    }

    /// <summary>Changes a person into what they are told to be, unless they are another by now than <paramref name="tag"/> says.</summary>
    public async Task<Refused?> Change(Actor by, RegisteredPerson after, string tag, string? from, CancellationToken cancellation = default)
    {
        var all = await register.ReadAfresh(cancellation);
        if (all[after.Id] is not { } before)
            return new("no-such-person", RefusalKind.NotFound);
        // Whom a party's own people appoint stands in there, and nowhere else.
        if (by.Role != Role.Admin)
            after = after with { Deputies = [.. after.Deputies.Select(d => before.Deputies.Contains(d)
                ? d
                : d with { Party = by.Party })] };
        if (!RegisterRules.MayChange(by, before, after, Today))
            return NotYours;
        if (RegisterRules.Against(all, after) is { } refused)
            return refused;
        if (!await register.Put(after, tag, cancellation))
            return meanwhile;
        // Two administrators may leave at the same moment, each counting on the other.
        if (IsLost(all, await register.ReadAfresh(cancellation)))
        {
            await register.Put(before, register.Tag(after.Id)!, cancellation);
            return new Refused("last-administrator").NotSo();
        }
        await log.Write(SecurityEvent.PersonChanged, by.Id, after.Id.Value, from, Roles(after), cancellation);
        return null;
    }

    /// <summary>Changes what is somebody's own to change: how they are called, reached and spoken to.</summary>
    public async Task<Refused?> ChangeOwn(PersonId id, string name, string mail, string language, string tag, string? from,
        CancellationToken cancellation = default)
    {
        var all = await register.ReadAfresh(cancellation);
        if (all[id] is not { } before)
            return new("no-such-person", RefusalKind.NotFound);
        var after = before with { Name = name, Mail = mail, Language = language };
        if (RegisterRules.Against(all, after) is { } refused)
            return refused;
        if (!await register.Put(after, tag, cancellation))
            return meanwhile;
        await log.Write(SecurityEvent.PersonChanged, id, id.Value, from, "own", cancellation);
        return null;
    }

    /// <param name="tag">As the record is told to be now; <see cref="KeptRecord.New"/> for a new party.</param>
    public async Task<Refused?> Put(Actor by, RegisteredParty party, string tag, string? from, CancellationToken cancellation = default)
    {
        if (by.Role != Role.Admin)
            return NotYours;
        if (RegisterRules.Against(party) is { } refused)
            return refused;
        if (party.Organisation is { } organisation && (await organisations.Read(cancellation))[organisation] is null)
            return Refused.Invalid([new("/organisation", "no-such-organisation", ("id", organisation))]);
        var isNew = tag == KeptRecord.New;
        if (!await register.Put(party, tag, cancellation))
            return isNew ? new Refused("party-key-taken", ("key", party.Key)).NotSo() : meanwhile;
        await log.Write(isNew ? SecurityEvent.PartyAdded : SecurityEvent.PartyChanged, by.Id, party.Key, from,
            party.MayGrant ? "may-grant" : null, cancellation);
        return null;
    }

    /// <summary>Invites somebody to be a member; answers the secret of the link too, which is told this once.</summary>
    public async Task<(Invitation? Made, string? Secret, Refused? Refused)> Invite(Actor by, string mail, Membership to, string? from,
        CancellationToken cancellation = default)
    {
        if (!RegisterRules.MayManage(by, to.Party))
            return (null, null, NotYours);
        if (RegisterRules.Against(await register.ReadAfresh(cancellation), mail, to) is { } refused)
            return (null, null, refused);
        var now = machine.GetCurrentInstant();
        var made = new Invitation(newId(), mail, to.Party, to.Role, to.From, to.To, by.Id, now, now + Invitation.Lasts);
        var secret = await invitations.Make(made, cancellation);
        await log.Write(SecurityEvent.Invited, by.Id, made.Id.ToString(), from, $"{Json.NameOf(to.Role)}@{to.Party}", cancellation);
        return (made, secret, null);
    }

    /// <summary>The invitations that somebody may see: of the parties whose people they see to.</summary>
    public async Task<IReadOnlyList<Invitation>> Invitations(Actor by, CancellationToken cancellation = default) =>
        [.. (await invitations.All(cancellation)).Where(i => RegisterRules.MayManage(by, i.Party))];

    public async Task<Refused?> Withdraw(Actor by, Guid id, string? from, CancellationToken cancellation = default)
    {
        if ((await Invitations(by, cancellation)).FirstOrDefault(i => i.Id == id) is not { } found)
            return new("no-such-invitation", RefusalKind.NotFound);
        if (found.UsedBy is not null || !await invitations.Withdraw(id, cancellation))
            return new("invitation-used");
        await log.Write(SecurityEvent.InvitationWithdrawn, by.Id, id.ToString(), from, null, cancellation);
        return null;
    }

    // Nobody sees to the register from some day on, where somebody would have.
    bool IsLost(PeopleRegister before, PeopleRegister after) =>
        RegisterRules.HasAdministrator(before, Today, signsIn) && !RegisterRules.HasAdministrator(after, Today, signsIn)
            || RegisterRules.AlwaysHasAdministrator(before, Today, signsIn) && !RegisterRules.AlwaysHasAdministrator(after, Today, signsIn);

    LocalDate Today => StockholmTime.DateOf(clock.GetCurrentInstant());

    static string Roles(RegisteredPerson it) =>
        string.Join(", ", [.. it.Memberships.Select(m => $"{Json.NameOf(m.Role)}@{m.Party}"),
            .. it.Deputies.Select(d => $"deputy for {d.For}{(d.Party is { } party ? $"@{party}" : "")}"),
            .. it.Left is null ? [] : (string[])["left"]]);
}
