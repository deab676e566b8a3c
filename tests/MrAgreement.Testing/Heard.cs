using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using MrAgreement.Running;

namespace MrAgreement.Testing;

/// <summary>A listener to the program's instruments that hears its own test only: others run beside it.</summary>
public sealed class Heard : IDisposable
{
    static readonly AsyncLocal<Heard?> mine = new();

    readonly MeterListener metrics = new();
    readonly ActivityListener spans;
    readonly ConcurrentQueue<string> measured = new();

    public Heard()
    {
        mine.Value = this;
        metrics.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == Instruments.Name)
                listener.EnableMeasurementEvents(instrument);
        };
        metrics.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value.ToString(CultureInfo.InvariantCulture), tags));
        metrics.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value.ToString(CultureInfo.InvariantCulture), tags));
        metrics.Start();
        spans = new()
        {
            ShouldListenTo = source => source.Name == Instruments.Name,
            Sample = (ref _) => mine.Value == this ? ActivitySamplingResult.AllData : ActivitySamplingResult.None,
            ActivityStopped = span => { if (mine.Value == this) Spans.Enqueue(span); }
        };
        ActivitySource.AddActivityListener(spans);
    }

    /// <summary>As in <c>mragreement.commands 1 {command} command=CreateAgreement outcome=accepted</c>, in order.</summary>
    public IEnumerable<string> Measured => measured;

    public ConcurrentQueue<Activity> Spans { get; } = new();

    void Note(Instrument instrument, string value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (mine.Value == this)
            measured.Enqueue(string.Join(' ', [instrument.Name, value, instrument.Unit, .. tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}")]));
    }

    public void Dispose()
    {
        spans.Dispose();
        metrics.Dispose();
        mine.Value = null;
    }
}
