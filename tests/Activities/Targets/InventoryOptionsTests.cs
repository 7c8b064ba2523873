using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orchestrator.Activities.Targets;
using Orchestrator.Workflows.Catalogue;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Approvals;
using Orchestrator.Workflows.ChangeControl.Targets;

namespace Orchestrator.Activities.Tests.Targets;

public sealed class InventoryOptionsTests
{
    [Fact]
    public void Policy_OfNothingConfigured_AsksOnePeerAndEverybodyIsOne()
    {
        ChangePolicy policy = PolicyReading.Of(Options());

        Assert.Equal(("laptop", true), (policy.Profile, policy.AllowUnverifiedActors));
        Assert.Equal(
            [(ChangeTier.T1, "peer", 1, 24.0), (ChangeTier.T2, "peer", 1, 72.0), (ChangeTier.T3, "peer", 1, 168.0)],
            policy.Tiers.Select(
                tier => (tier.Tier, tier.Approvals.Single().Role, tier.Approvals.Single().Count, tier.DecideWithin.TotalHours)));
        Assert.Equal(["peer"], policy.Voters.Of("anybody"));
    }

    [Fact]
    public void Policy_OfAConfiguredTier_AsksWhatItSays()
    {
        ChangePolicy policy = PolicyReading.Of(Options(
            ("Profile", "production"),
            ("Tiers:T3:Approvals:team-lead", "2"),
            ("Tiers:T3:Approvals:peer", "1"),
            ("Tiers:T3:DecideWithin", "12:00:00"),
            ("Tiers:T1:Approvals:peer", "0"),
            ("Roles:team-lead:0", "bob"),
            ("Roles:team-lead:1", "alice")));

        Assert.False(policy.AllowUnverifiedActors);
        Assert.Equal([new ApprovalRequirement("peer", 1), new("team-lead", 2)], policy.Of(ChangeTier.T3).Approvals);
        Assert.Equal((12.0, 0), (policy.Of(ChangeTier.T3).DecideWithin.TotalHours, policy.Of(ChangeTier.T1).Approvals.Count));
        Assert.Equal(
            "peer team-lead, peer", $"{string.Join(' ', policy.Voters.Of("alice"))}, {string.Join(' ', policy.Voters.Of("carol"))}");
    }

    [Fact]
    public void Options_ManyMistakes_AreAllNamedWithTheirKeys()
    {
        OptionsValidationException error = Assert.Throws<OptionsValidationException>(() => Options(
            ("Profile", " "),
            ("Clusters:lab:JolokiaPort", "0"),
            ("Clusters:lab:KafkaBootstrapServers", "a:1,b"),
            ("Clusters:lab:Alertmanager:Url", "alertmanager:9093"),
            ("Clusters:lab:Alertmanager:Token", "t0ken"),
            ("Clusters:lab:Alertmanager:Severities:0", "crit.*"),
            ("Clusters:lab:Alertmanager:ClusterLabel", "a-b"),
            ("Clusters:other:Alertmanager:ClusterLabelValue", "prod"),
            ("Clusters:other:Alertmanager:Url", "https://me:secret@alertmanager"),
            ("Tiers:T9:DecideWithin", "00:00:00"),
            ("Tiers:T1:Approvals:cab", "2"),
            ("Roles:cab:0", "alice")));

        Assert.Equal(
            [
                "Orchestrator:Clusters:lab:Alertmanager:ClusterLabel (variable ORCHESTRATOR__CLUSTERS__LAB__ALERTMANAGER__CLUSTERLABEL) "
                    + "is 'a-b', which is not a valid label name.",
                "Orchestrator:Clusters:lab:Alertmanager:Severities (variable ORCHESTRATOR__CLUSTERS__LAB__ALERTMANAGER__SEVERITIES) "
                    + "has 'crit.*'; a severity may only have letters, digits, '_' and '-'.",
                "Orchestrator:Clusters:lab:Alertmanager:Token (variable ORCHESTRATOR__CLUSTERS__LAB__ALERTMANAGER__TOKEN) "
                    + "is not a valid reference to a secret; write secret:NAME/KEY, secret:NAMESPACE/NAME/KEY or file:PATH, "
                    + "each followed by #PROPERTY where the content is lines of name=value.",
                "Orchestrator:Clusters:lab:Alertmanager:Url (variable ORCHESTRATOR__CLUSTERS__LAB__ALERTMANAGER__URL) "
                    + "is 'alertmanager:9093'; it must begin with http:// or https://, or be none.",
                "Orchestrator:Clusters:lab:JolokiaPort (variable ORCHESTRATOR__CLUSTERS__LAB__JOLOKIAPORT) "
                    + "is 0; it must be a port from 1 to 65535.",
                "Orchestrator:Clusters:lab:KafkaBootstrapServers (variable ORCHESTRATOR__CLUSTERS__LAB__KAFKABOOTSTRAPSERVERS) "
                    + "has 'b', which is not host:port.",
                "Orchestrator:Clusters:other:Alertmanager:ClusterLabel "
                    + "(variable ORCHESTRATOR__CLUSTERS__OTHER__ALERTMANAGER__CLUSTERLABEL) "
                    + "is missing: ClusterLabelValue needs the label that it is the value of.",
                "Orchestrator:Clusters:other:Alertmanager:Url (variable ORCHESTRATOR__CLUSTERS__OTHER__ALERTMANAGER__URL) "
                    + "contains a login; use Username and Password for that.",
                "Orchestrator:Profile (variable ORCHESTRATOR__PROFILE) is empty; omit it for the profile laptop.",
                "Orchestrator:Tiers:T1:Approvals:cab (variable ORCHESTRATOR__TIERS__T1__APPROVALS__CAB) "
                    + "needs 2 people with the role cab, but 1 have it: add people to Orchestrator:Roles:cab.",
                "Orchestrator:Tiers:T9 (variable ORCHESTRATOR__TIERS__T9) is not a tier; the tiers are T1, T2, T3.",
                "Orchestrator:Tiers:T9:DecideWithin (variable ORCHESTRATOR__TIERS__T9__DECIDEWITHIN) is 00:00:00; it must be above 0.",
            ],
            error.Failures.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void KafkaClient_ALimitOutOfRange_IsNamed()
    {
        using ServiceProvider services = KubeLab.Activities(("Kafka:CallTimeout", "00:10:00"));

        OptionsValidationException error = Assert.Throws<OptionsValidationException>(
            () => services.GetRequiredService<IOptions<Activities.Kafka.KafkaClientOptions>>().Value);

        Assert.Contains("CallTimeout", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kafka", "zoo,kafak,kafka2,kaf", "kafka2,kaf,kafak,zoo")]
    [InlineData("", "b,a", "a,b")]
    public void Names_ByEditDistance_ComeNearestFirst(string wanted, string names, string expected) =>
        Assert.Equal(expected, string.Join(',', NearNames.Of(wanted, names.Split(','))));

    private static InventoryOptions Options(params (string Key, string Value)[] settings)
    {
        InventoryOptions options = new();
        new ConfigurationBuilder().AddInMemoryCollection(
            settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build().Bind(options);
        ValidateOptionsResult result = new InventoryOptionsValidator().Validate(null, options);
        return result.Failed ? throw new OptionsValidationException("", typeof(InventoryOptions), result.Failures) : options;
    }
}
