using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Worker;

namespace Temporalio.Tests.Interop;

/// <summary>
/// Histories that workers of this SDK and of the official TypeScript SDK have written once, in <c>../Histories</c>. What replayed then
/// must replay for ever: running workflows depend on it. <see cref="CrossReplayTests"/> records them.
/// </summary>
public sealed class RecordedHistoryTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Histories");

    public static TheoryData<string> Recorded => [.. Directory.GetFiles(Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order()];

    [Theory]
    [MemberData(nameof(Recorded))]
    public async Task History_RecordedOnce_Replays(string name)
    {
        WorkflowHistory history = await ReadAsync(name);
        await InteropPrograms.Replayer().ReplayWorkflowAsync(history).Within();
    }

    [Theory]
    [MemberData(nameof(Recorded))]
    public async Task History_EachTaskOnceMoreAsAfterAnEviction_MakesTheRecordedCommands(string name)
    {
        WorkflowHistory history = await ReadAsync(name);
        Assert.Equal(CommandText.Of(history.Events), await EvictedReplay.CommandsAsync(history, InteropPrograms.WorkflowTypes));
    }

    [Theory]
    [InlineData("csharp")]
    [InlineData("typescript")]
    public void Histories_OfEachSdk_AreThoseOfAllPrograms(string sdk) => Assert.Equal(
        (sdk == "csharp" ? InteropPrograms.AllNames : InteropPrograms.Names).Order(),
        Directory.GetFiles(Folder, $"{sdk}.*.json").Select(file => Path.GetFileName(file).Split('.')[1]).Order());

    [Theory]
    [InlineData("csharp.Steps")]
    [InlineData("typescript.Limit")]
    public async Task History_ReplayedByOtherCode_FailsAsNondeterministic(string name)
    {
        WorkflowHistory history = await ReadAsync(name);
        history.Events.First().WorkflowExecutionStartedEventAttributes.WorkflowType.Name = "Notes";
        WorkflowReplayResult result = await InteropPrograms.Replayer().ReplayWorkflowAsync(history, throwOnReplayFailure: false).Within();
        Assert.IsType<WorkflowNondeterminismException>(result.ReplayFailure);
    }

    private static async Task<WorkflowHistory> ReadAsync(string name)
    {
        string json = await File.ReadAllTextAsync(Path.Combine(Folder, $"{name}.json"));
        string id = WorkflowHistory.FromJson(name, json).Events.First().WorkflowExecutionStartedEventAttributes.WorkflowId;
        return WorkflowHistory.FromJson(id, json);
    }
}
