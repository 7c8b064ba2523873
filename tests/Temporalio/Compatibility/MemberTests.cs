using Orchestrator.Lab.Servers;
using Temporalio.Worker;

namespace Temporalio.Tests.Compatibility;

/// <summary>The SDK's public API beside that of the official SDK.</summary>
public sealed class MemberTests
{
    private static readonly IReadOnlyList<ApiType> Ours = ApiListing.Of(typeof(TemporalWorker).Assembly);

    private static readonly IReadOnlyList<ApiType> Official = OfficialApi.Read();

    // The official SDK has a native client in the place of the first; the second is an override that older frameworks lack.
    private static readonly HashSet<string> Excepted =
    [
        "Temporalio.Worker.IWorkerClient: ITemporalConnection Connection",
        "Temporalio.Common.DeterministicRandom: void NextBytes(Span<byte> buffer)",
    ];

    [Fact]
    public void Members_ThatTheOfficialSdkLacks_AreNone()
    {
        Dictionary<string, ApiType> official = Official.ToDictionary(type => type.FullName);
        IEnumerable<string> ofOurOwn = Ours.SelectMany(type => official.TryGetValue(type.FullName, out ApiType? known)
            ? type.Members.Except(known.Members).Select(member => $"{type.FullName}: {member}")
            : [type.FullName]);
        string list = string.Join(Environment.NewLine, ofOurOwn.Except(Excepted));
        Assert.True(list.Length == 0, list);
    }

    [Fact]
    public async Task Members_ThatAreHere_AreThoseOfThePage()
    {
        string page = MemberTable.Write(Official, Ours);
        string path = Path.Combine(LabTools.RepositoryRoot, "sdk", "Temporalio", "MEMBERS.md");
        if (Environment.GetEnvironmentVariable("WRITE_MEMBERS") is not null)
        {
            await File.WriteAllTextAsync(path, page);
        }

        Assert.Equal(await File.ReadAllTextAsync(path), page);
    }
}
