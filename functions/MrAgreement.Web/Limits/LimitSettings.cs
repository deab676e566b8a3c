using System.Globalization;

namespace MrAgreement.Web.Limits;

/// <summary>How much may be asked for within a minute, of one process.</summary>
/// <param name="Person">Requests of one person, whatever they act as.</param>
/// <param name="Burst">How many of them at once.</param>
/// <param name="Strangers">Requests from one address by those who are not signed in. Whoever is signed in
/// is not counted by address: a whole ministry may have one.</param>
/// <param name="Door">Of those, what tries to come in: signing in, and links of invitations.</param>
public sealed record LimitSettings(int Person = 600, int Burst = 200, int Strangers = 60, int Door = 10)
{
    public static LimitSettings Usual { get; } = new();

    /// <summary>Reads <c>person=600,burst=200,strangers=60,door=10</c>, of which any
    /// may be left out; null when it can't be meant.</summary>
    public static LimitSettings? Read(string written)
    {
        var limits = Usual;
        foreach (var part in written.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Split('=') is not [var name, var number]
                || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var most) || most == 0)
                return null;
            if (name switch
            {
                "person" => limits with { Person = most },
                "burst" => limits with { Burst = most },
                "strangers" => limits with { Strangers = most },
                "door" => limits with { Door = most },
                _ => null
            } is not { } read)
                return null;
            limits = read;
        }
        return limits;
    }
}
