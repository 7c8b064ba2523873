namespace Orchestrator.Activities.Tests.Alerts.Contract;

/// <summary>The contract, on a real Alertmanager.</summary>
[Trait("Category", "Lab")]
public sealed class RealAlertmanagerTests(RealAlertmanager server) : AlertmanagerContract, IClassFixture<RealAlertmanager>
{
    protected override Uri Address => server.Address;

    [AlertmanagerFact]
    public Task Alert_ToldIsRead_AndEndsWhenItIsToldSo() => AlertToldIsReadAndEndsWhenItIsToldSoAsync();

    [AlertmanagerFact]
    public Task Fingerprint_IsThatOfTheLabels() => FingerprintIsThatOfTheLabelsAsync();

    [AlertmanagerFact]
    public Task Filter_OfEveryKind_KeepsWhatItMatches() => FilterOfEveryKindKeepsWhatItMatchesAsync();

    [AlertmanagerFact]
    public Task Silence_HidesAnAlert_UntilItIsEnded() => SilenceHidesAnAlertUntilItIsEndedAsync();

    [AlertmanagerFact]
    public Task Silence_ToCome_HidesNothingYet() => SilenceToComeHidesNothingYetAsync();

    [AlertmanagerFact]
    public Task WhatIsNoAlertOrSilence_IsRefusedInTheSameWords() => WhatIsNoAlertOrSilenceIsRefusedInTheSameWordsAsync();
}
