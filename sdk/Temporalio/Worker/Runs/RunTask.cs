using Temporalio.Api.Protocol.V1;
using Temporalio.Worker.Activations;
using Temporalio.Worker.Histories;

namespace Temporalio.Worker.Runs;

/// <summary>A workflow task for one run.</summary>
/// <param name="History">The history that came with it.</param>
/// <param name="Messages">The updates that came with it.</param>
/// <param name="Queries">The queries that came with it.</param>
/// <param name="IsQueryAlone">Whether it is a query and nothing else, which is answered in a way of its own.</param>
internal sealed record RunTask(
    RunHistory History,
    IReadOnlyList<Message> Messages,
    IReadOnlyList<QueryWorkflowJob> Queries,
    bool IsQueryAlone);
