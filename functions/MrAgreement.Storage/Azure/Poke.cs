using System.Diagnostics;

namespace MrAgreement.Storage.Azure;

/// <summary>Word that an agreement's log is about to change: its id and,
/// after a space, the change's <c>traceparent</c> where it has one.</summary>
/// <param name="Trace">As in W3C Trace Context; null in what was written before there were traces, and for what no command led to.</param>
public readonly record struct Poke(AgreementId Agreement, string? Trace = null)
{
    /// <summary>Of what is being done just now.</summary>
    public static Poke Now(AgreementId agreement) =>
        new(agreement, Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } trace } ? trace : null);

    public static bool TryParse(string text, out Poke poke)
    {
        var words = text.Split(' ', 2);
        var read = AgreementId.TryParse(words[0], null, out var agreement);
        poke = new(agreement, words is [_, var trace] ? trace : null);
        return read;
    }

    /// <exception cref="FormatException">It names no agreement.</exception>
    public static Poke Parse(string text) =>
        TryParse(text, out var poke) ? poke : throw new FormatException($"A poke names no agreement: {text}");

    public override string ToString() => Trace is null ? $"{Agreement}" : $"{Agreement} {Trace}";
}
