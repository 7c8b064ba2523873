using Orchestrator.Activities.Alerts;
using Orchestrator.Sandbox.Alertmanager;

namespace Orchestrator.Activities.Tests.Alerts.Contract;

/// <summary>The contract, on the Alertmanager in the box; and what can go wrong with it.</summary>
public sealed class BoxAlertmanagerTests : AlertmanagerContract, IAsyncLifetime
{
    private AlertmanagerBox _box = null!;

    protected override Uri Address => _box.Address;

    public async Task InitializeAsync() => _box = await AlertmanagerBox.StartAsync();

    public async Task DisposeAsync() => await _box.DisposeAsync();

    [Fact]
    public Task Alert_ToldIsRead_AndEndsWhenItIsToldSo() => AlertToldIsReadAndEndsWhenItIsToldSoAsync();

    [Fact]
    public Task Fingerprint_IsThatOfTheLabels() => FingerprintIsThatOfTheLabelsAsync();

    [Fact]
    public Task Filter_OfEveryKind_KeepsWhatItMatches() => FilterOfEveryKindKeepsWhatItMatchesAsync();

    [Fact]
    public Task Silence_HidesAnAlert_UntilItIsEnded() => SilenceHidesAnAlertUntilItIsEndedAsync();

    [Fact]
    public Task Silence_ToCome_HidesNothingYet() => SilenceToComeHidesNothingYetAsync();

    [Fact]
    public Task WhatIsNoAlertOrSilence_IsRefusedInTheSameWords() => WhatIsNoAlertOrSilenceIsRefusedInTheSameWordsAsync();

    [Fact]
    public async Task Alert_BegunAndEnded_IsReadBetween()
    {
        Dictionary<string, string> labels = new() { ["alertname"] = "Kafka", ["namespace"] = "confluent", ["severity"] = "critical" };
        _box.BeginAlert(labels, "Something is wrong.");
        Assert.Equal(["Something is wrong."], (await ReadAsync()).Newest.Select(alert => alert.Summary));
        _box.EndAlert(labels);
        Assert.Empty((await ReadAsync()).Newest);
    }

    [Fact]
    public async Task Faults_EachOfThem_AreUnreadableUntilMended()
    {
        Assert.Equal("did not answer with a list of alerts: ", await SaidAsync(_box.Faults.AnswerPage, 38));
        Assert.Equal("answered 500 Internal Server Error.", await SaidAsync(() => _box.Faults.AnswerStatus(500)));
        Assert.Equal("did not answer within 5 s.", await SaidAsync(_box.Faults.Hang));
        Assert.Empty((await ReadAsync()).Newest);
    }

    private async Task<string> SaidAsync(Action fault, int length = int.MaxValue)
    {
        fault();
        string said = (await Assert.ThrowsAsync<AlertsUnreadableException>(ReadAsync)).Message[$"{Address} ".Length..];
        _box.Faults.Mend();
        return said.Length > length ? said[..length] : said;
    }
}
