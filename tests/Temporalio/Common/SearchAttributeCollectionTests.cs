using Temporalio.Api.Common.V1;
using Temporalio.Common;
using Temporalio.Workflows;

namespace Temporalio.Tests.Common;

public sealed class SearchAttributeCollectionTests
{
    private static readonly SearchAttributeKey<string> State = SearchAttributeKey.CreateKeyword("ApprovalState");
    private static readonly SearchAttributeKey<long> Brokers = SearchAttributeKey.CreateLong("Brokers");
    private static readonly SearchAttributeKey<DateTimeOffset> Due = SearchAttributeKey.CreateDateTimeOffset("Due");
    private static readonly SearchAttributeKey<IReadOnlyCollection<string>> Approvers = SearchAttributeKey.CreateKeywordList("Approvers");
    private static readonly DateTimeOffset Noon = new(2026, 8, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly SearchAttributeCollection All = new SearchAttributeCollection.Builder()
        .Set(State, "waiting")
        .Set(Brokers, 3)
        .Set(Due, Noon)
        .Set(Approvers, ["ann", "bob"])
        .Set(SearchAttributeKey.CreateDouble("Load"), 0.5)
        .Set(SearchAttributeKey.CreateBool("Dry"), true)
        .Set(SearchAttributeKey.CreateText("Note"), "some words")
        .ToSearchAttributeCollection();

    [Fact]
    public void Attributes_AsSent_HaveTheseBytesAndTypes()
    {
        SearchAttributes proto = All.ToProto();

        Assert.Equal(
            [
                "ApprovalState Keyword \"waiting\"", "Approvers KeywordList [\"ann\",\"bob\"]", "Brokers Int 3", "Dry Bool true",
                "Due Datetime \"2026-08-01T12:00:00+00:00\"", "Load Double 0.5", "Note Text \"some words\"",
            ],
            proto.IndexedFields.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field =>
                $"{field.Key} {field.Value.Metadata["type"].ToStringUtf8()} {field.Value.Data.ToStringUtf8().Replace("\\u002B", "+", StringComparison.Ordinal)}"));
    }

    [Fact]
    public void Attributes_SentAndReceived_AreTheSame()
    {
        SearchAttributeCollection read = SearchAttributeCollection.FromProto(All.ToProto());

        Assert.Equal(("waiting", 3L, Noon), (read.Get(State), read.Get(Brokers), read.Get(Due)));
        Assert.Equal(["ann", "bob"], read.Get(Approvers));
        Assert.Equal(All.Count, read.Count);
    }

    [Fact]
    public void Attribute_OfAnotherType_IsThereByNameAlone()
    {
        SearchAttributeKey<string> asText = SearchAttributeKey.CreateText("ApprovalState");

        Assert.Equal((true, false, false), (All.ContainsKey("ApprovalState"), All.ContainsKey(asText), All.TryGetValue(asText, out _)));
        Assert.Throws<KeyNotFoundException>(() => All.Get(asText));
    }

    [Fact]
    public void Builder_SettingANameWithAnotherType_ReplacesTheValue()
    {
        SearchAttributeKey<long> asLong = SearchAttributeKey.CreateLong("ApprovalState");

        SearchAttributeCollection built = new SearchAttributeCollection.Builder(All).Set(asLong, 1).Unset(Brokers).ToSearchAttributeCollection();

        Assert.Equal((1L, false, false, All.Count - 1), (built.Get(asLong), built.ContainsKey(State), built.ContainsKey(Brokers), built.Count));
        Assert.True(All.ContainsKey(State));
    }

    [Fact]
    public void Updates_Applied_SetAndRemove()
    {
        SearchAttributeCollection copy = All.Copy();

        copy.Apply([State.ValueSet("approved"), Brokers.ValueUnset()]);

        Assert.Equal(("approved", false, "waiting"), (copy.Get(State), copy.ContainsKey(Brokers), All.Get(State)));
    }

    [Fact]
    public void Updates_OfOneNameTwice_AreRefusedAndNothingIsChanged()
    {
        SearchAttributeCollection copy = All.Copy();

        Assert.Throws<ArgumentException>(() => copy.Apply([State.ValueSet("a"), State.ValueUnset()]));

        Assert.Equal("waiting", copy.Get(State));
    }

    [Fact]
    public void Attribute_WithoutItsType_IsRefused()
    {
        SearchAttributes proto = All.ToProto();
        proto.IndexedFields["Brokers"].Metadata.Remove("type");

        Assert.Throws<ArgumentException>(() => SearchAttributeCollection.FromProto(proto));
    }
}
