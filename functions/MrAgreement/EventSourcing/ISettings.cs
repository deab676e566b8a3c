namespace MrAgreement.EventSourcing;

/// <summary>Texts that a host keeps by name, such as where its simulated clock stands.</summary>
public interface ISettings
{
    Task<string?> Find(string name, CancellationToken cancellation = default);

    /// <param name="value">Null forgets the setting.</param>
    Task Set(string name, string? value, CancellationToken cancellation = default);
}
