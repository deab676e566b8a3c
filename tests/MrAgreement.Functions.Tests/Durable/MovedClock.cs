using System.Globalization;

namespace MrAgreement.Functions.Tests.Durable;

/// <summary>A clock that runs from another day and maybe faster, told by a file that several processes read.</summary>
sealed class MovedClock(string file) : IClock
{
    /// <summary>While it stands, the engine's timers fire after this.</summary>
    public static readonly Duration Standing = Duration.FromSeconds(10);

    /// <summary>From now on it is this time, and so many times the real second goes by in one; with 0 it stands.</summary>
    public void Move(Instant to, double times)
    {
        File.WriteAllText($"{file}.new", string.Create(CultureInfo.InvariantCulture, $"{Real().ToUnixTimeTicks()} {to.ToUnixTimeTicks()} {times:R}"));
        File.Move($"{file}.new", file, overwrite: true);
    }

    public Instant GetCurrentInstant() => Read() is var (real, told, times) ? told + (Real() - real) * times : default;

    /// <summary>When the real clock will be what this one tells then.</summary>
    public DateTime? When(DateTime? then) => then is { } at && Read() is var (real, told, times)
        ? (times == 0 ? Real() + Standing : real + (Instant.FromDateTimeUtc(at) - told) / times).ToDateTimeUtc()
        : null;

    static Instant Real() => SystemClock.Instance.GetCurrentInstant();

    (Instant Real, Instant Told, double Times) Read() => File.ReadAllText(file).Split(' ') is [var real, var told, var times]
        ? (Instant.FromUnixTimeTicks(long.Parse(real, CultureInfo.InvariantCulture)), Instant.FromUnixTimeTicks(long.Parse(told, CultureInfo.InvariantCulture)), double.Parse(times, CultureInfo.InvariantCulture))
        : throw new FormatException($"{file} tells no clock.");
}
