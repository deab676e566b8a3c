using MrAgreement.Calendars;
using MrAgreement.Messages;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Web.People;

namespace MrAgreement.Web.Messages;

/// <summary>The people of the register, by the day of the domain's clock.</summary>
public sealed class RegisteredRecipients(KeptRegister register, IClock clock) : IRecipients
{
    public async Task<IReadOnlyList<Recipient>> With(string party, Role role, CancellationToken cancellation = default)
    {
        var (people, today) = (await register.Read(cancellation), StockholmTime.DateOf(clock.GetCurrentInstant()));
        return
        [
            .. people.All(today).Where(it => (it.Party, it.Role) == (party, role))
                .Select(it => people[it.Id]!).Where(it => it.Mail.Length > 0).DistinctBy(it => it.Id)
                .Select(it => new Recipient(it.Id, it.Name, it.Mail, it.Language,
                    people.StandsInFor(it.Id, party, role, today)?.Name))
        ];
    }

    public async Task<IReadOnlyList<Recipient>> At(string mail, CancellationToken cancellation = default)
    {
        var mailbox = MrAgreement.Messages.Recipients.MailboxOf(mail);
        return [.. (await register.Read(cancellation)).People.Where(it => MrAgreement.Messages.Recipients.MailboxOf(it.Mail) == mailbox)
            .Select(it => new Recipient(it.Id, it.Name, it.Mail, it.Language))];
    }
}

/// <summary>The made-up people of the demo, whose addresses are nobody's (RFC 2606).</summary>
public sealed class DemoRecipients(DemoPeople people) : IRecipients
{
    public Task<IReadOnlyList<Recipient>> With(string party, Role role, CancellationToken cancellation = default) =>
        Task.FromResult<IReadOnlyList<Recipient>>(people.All.FirstOrDefault(it => it.Party.Length > 0 && it.Role == role) is { } namesake
            && people.One(new(namesake.Party == party ? namesake.Id.Value : $"{namesake.Id}@{party}")) is { } person
            ? [new(person.Id, person.Name, $"{namesake.Id}@{party.ToLowerInvariant()}.example.se", "sv")] : []);

    // Everybody has an address of their own.
    public Task<IReadOnlyList<Recipient>> At(string mail, CancellationToken cancellation = default) =>
        Task.FromResult<IReadOnlyList<Recipient>>([]);
}
