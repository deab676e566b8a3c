using MrAgreement.Calendars;
using MrAgreement.People;

namespace MrAgreement.Running;

/// <summary>Who comes in when an identity provider vouches for somebody: one whom the register knows by that identity, or one who
/// follows an invitation.</summary>
public sealed class Arrivals(KeptRegister register, KeptInvitations invitations, IClock machine, Func<Guid> newId)
{
    /// <summary>The person who has signed in; or why nobody has: no such link, a used or ended one, or nobody knows them.</summary>
    /// <param name="by">As the provider tells it.</param>
    /// <param name="name">What the provider calls the person; null when it does not say.</param>
    /// <param name="secret">Of the invitation that led here; null for none.</param>
    public async Task<Arrival> Arrive(Identity by, string? name, string language, string? secret, CancellationToken cancellation = default)
    {
        var known = (await register.ReadAfresh(cancellation))[by];
        if (secret is null)
            return known is null ? new("not-invited") : known.HasLeft(Today) ? new("has-left") : new(known.Id);
        if (await invitations.Find(secret, cancellation) is not { } invitation)
            return new("no-such-invitation");
        // Who came in by it and follows it again just signs in.
        if (known is not null && invitation.UsedBy == known.Id && !invitation.IsUnderWay)
            return known.HasLeft(Today) ? new("has-left") : new(known.Id);
        if (Against(invitation, known) is { } refused)
            return new(refused);
        // Once this is somebody's identity it is theirs, also when nothing more of their coming in was kept.
        var fresh = new PersonId(newId().ToString());
        var id = await register.Claim(by, known?.Id ?? fresh, cancellation);
        if (!await invitations.Use(secret, id, cancellation))
        {
            if (id == fresh)
                await register.Release(by, id, cancellation);
            return new("invitation-used");
        }
        var person = known is null
            ? new(id, string.IsNullOrWhiteSpace(name) ? invitation.Mail : name.Trim(), invitation.Mail, language, [invitation.Membership],
            [], [by])
            : known.With(invitation.Membership, Today);
        if (!await register.Put(person, register.Tag(id) ?? KeptRecord.New, cancellation))
            return new("changed-meanwhile");
        await invitations.Complete(secret, cancellation);
        return new(id, invitation);
    }

    // One who is known and was on the way in may have come in, and have left again since.
    string? Against(Invitation it, RegisteredPerson? known) =>
        it.UsedBy is not null && (!it.IsUnderWay || known?.HasLeft(Today) == true) ? "invitation-used"
        : machine.GetCurrentInstant() >= it.Until ? "invitation-ended"
        : null;

    LocalDate Today => StockholmTime.DateOf(machine.GetCurrentInstant());
}

/// <summary>Somebody who has come in, or why nobody has.</summary>
/// <param name="Invitation">That was used up; null for none.</param>
public sealed record Arrival(PersonId? Person, Invitation? Invitation = null)
{
    public Arrival(string refused) : this((PersonId?)null) => Refused = refused;

    /// <summary>Slug of what stands against it.</summary>
    public string? Refused { get; }
}
