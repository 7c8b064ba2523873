using System.Diagnostics.Metrics;
using System.Globalization;
using Temporalio.Common;
using Temporalio.Telemetry;

namespace Temporalio.Tests.Telemetry;

/// <summary>What a listener to the SDK's meter hears of user code's own metrics.</summary>
public sealed class UserMeterTests : IDisposable
{
    private readonly string _prefix = $"test_{Guid.NewGuid():N}_";
    private readonly List<string> _heard = [];
    private readonly MeterListener _listener = new();
    private readonly MetricMeter _meter;
    private bool _isSilent;

    public UserMeterTests()
    {
        _meter = new UserMeter(new([new("workflow_type", "Roll")]), () => _isSilent);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "Temporalio" && instrument.Name.StartsWith(_prefix, StringComparison.Ordinal))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Hear(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Hear(instrument, value, tags));
        _listener.Start();
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public void Metrics_OfEachKind_AreHeardWithNameUnitAndTags()
    {
        _meter.CreateCounter<int>($"{_prefix}pods", "{pod}", "Pods restarted.").Add(3);
        _meter.CreateHistogram<TimeSpan>($"{_prefix}wait").Record(TimeSpan.FromSeconds(1.5));
        _meter.CreateHistogram<ulong>($"{_prefix}lag").Record(7);
        _meter.CreateGauge<float>($"{_prefix}load").Set(0.5f);

        Assert.Equal(
            [
                "Counter`1 pods {pod} 3 workflow_type=Roll", "Histogram`1 wait  1500 workflow_type=Roll", "Histogram`1 lag  7 workflow_type=Roll",
                "Gauge`1 load  0.5 workflow_type=Roll",
            ],
            _heard);
    }

    [Fact]
    public void Tags_OfMeterMetricAndValue_WinInThisOrder()
    {
        MetricCounter<long> counter = _meter
            .WithTags([new("cluster", "a"), new("part", "meter")])
            .CreateCounter<long>($"{_prefix}pods")
            .WithTags([new("part", "metric")]);
        counter.Add(1);
        counter.Add(1, [new("part", "value"), new("pod", 2)]);

        Assert.Equal(["Counter`1 pods  1 workflow_type=Roll cluster=a part=metric", "Counter`1 pods  1 workflow_type=Roll cluster=a part=value pod=2"], _heard);
    }

    [Fact]
    public void Metric_MadeAgainForEachCall_IsTheSame()
    {
        _meter.CreateCounter<long>($"{_prefix}pods").Add(1);
        _meter.CreateCounter<long>($"{_prefix}pods").Add(1);

        Assert.Equal(2, _heard.Count);
    }

    [Fact]
    public void Metric_WhileHistoryIsReplayed_IsSilent()
    {
        MetricCounter<long> counter = _meter.CreateCounter<long>($"{_prefix}pods");
        _isSilent = true;
        counter.Add(1);
        counter.WithTags([new("part", "metric")]).Add(1);
        Assert.Empty(_heard);

        _isSilent = false;
        counter.Add(1);
        Assert.Single(_heard);
    }

    [Fact]
    public void Metric_OfATypeThatIsNoNumber_IsRefusedByName()
    {
        Assert.Equal("CreateCounter takes an integer, not System.Double.", Assert.Throws<ArgumentException>(() => _meter.CreateCounter<double>("x")).Message);
        Assert.Equal(
            "CreateHistogram takes an integer, a float, a double or a TimeSpan, not System.DateTime.",
            Assert.Throws<ArgumentException>(() => _meter.CreateHistogram<DateTime>("x")).Message);
        Assert.Equal(
            "CreateGauge takes an integer, a float or a double, not System.TimeSpan.", Assert.Throws<ArgumentException>(() => _meter.CreateGauge<TimeSpan>("x")).Message);
    }

    private void Hear<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags) => _heard.Add(string.Create(
        CultureInfo.InvariantCulture,
        $"{instrument.GetType().Name} {instrument.Name[_prefix.Length..]} {instrument.Unit} {value} {string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))}"));
}
