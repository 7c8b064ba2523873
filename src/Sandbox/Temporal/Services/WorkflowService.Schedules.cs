using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Orchestrator.Sandbox.Temporal.Limits;
using Orchestrator.Sandbox.Temporal.Namespaces;
using Orchestrator.Sandbox.Temporal.Schedules;
using Orchestrator.Sandbox.Temporal.Wire;
using Temporalio.Api.WorkflowService.V1;

namespace Orchestrator.Sandbox.Temporal.Services;

/// <content>Keeps schedules.</content>
internal sealed partial class WorkflowService
{
    private const int SchedulePage = 1000;

    public Task<CreateScheduleResponse> CreateSchedule(CreateScheduleRequest request, ServerCallContext call) =>
        Task.FromResult(state.Change(() =>
    {
        TemporalNamespace space = Space(request.Namespace);
        Require(RequestFaults.Of(request));
        if (request.ScheduleId.Length == 0 || request.Schedule is null)
        {
            throw RpcErrors.InvalidArgument("ScheduleId and Schedule must be set on request.");
        }

        if (space.Schedules.ContainsKey(request.ScheduleId))
        {
            throw RpcErrors.Of(StatusCode.AlreadyExists, "schedule with this ID is already registered");
        }

        ScheduleRuns schedule = new(space, request.ScheduleId, request.Schedule, request.Memo, request.SearchAttributes);
        space.Schedules[request.ScheduleId] = schedule;
        space.DeletedSchedules.Remove(request.ScheduleId);
        if (request.InitialPatch is { } patch)
        {
            schedule.Patch(patch);
        }

        return new CreateScheduleResponse { ConflictToken = schedule.ConflictToken };
    }));

    public Task<DescribeScheduleResponse> DescribeSchedule(DescribeScheduleRequest request, ServerCallContext call) =>
        Task.FromResult(state.Change(() =>
    {
        if (Space(request.Namespace).DeletedSchedules.Contains(request.ScheduleId))
        {
            throw RpcErrors.NotFound("schedule not found");
        }

        ScheduleRuns schedule = ScheduleOf(request.Namespace, request.ScheduleId);
        return new DescribeScheduleResponse
        {
            Schedule = schedule.Schedule,
            Info = schedule.Info(),
            Memo = schedule.Memo is { Fields.Count: > 0 } memo ? memo : null,
            SearchAttributes = schedule.SearchAttributes is { IndexedFields.Count: > 0 } attributes ? attributes : null,
            ConflictToken = schedule.ConflictToken,
        };
    }));

    public Task<UpdateScheduleResponse> UpdateSchedule(UpdateScheduleRequest request, ServerCallContext call) =>
        Task.FromResult(state.Change(() =>
    {
        ScheduleRuns schedule = ScheduleOf(request.Namespace, request.ScheduleId);

        // One that is of an older version is passed over without a word, as by the real server.
        if (request.ConflictToken.IsEmpty || request.ConflictToken == schedule.ConflictToken)
        {
            schedule.Update(request.Schedule, request.SearchAttributes);
        }

        return new UpdateScheduleResponse();
    }));

    public Task<PatchScheduleResponse> PatchSchedule(PatchScheduleRequest request, ServerCallContext call) =>
        Task.FromResult(state.Change(() =>
    {
        ScheduleOf(request.Namespace, request.ScheduleId).Patch(request.Patch);
        return new PatchScheduleResponse();
    }));

    public Task<DeleteScheduleResponse> DeleteSchedule(DeleteScheduleRequest request, ServerCallContext call) =>
        Task.FromResult(state.Change(() =>
    {
        ScheduleOf(request.Namespace, request.ScheduleId).Delete();
        Space(request.Namespace).Schedules.Remove(request.ScheduleId);
        Space(request.Namespace).DeletedSchedules.Add(request.ScheduleId);
        return new DeleteScheduleResponse();
    }));

    public Task<ListSchedulesResponse> ListSchedules(ListSchedulesRequest request, ServerCallContext call) =>
        Task.FromResult(state.Change(() =>
    {
        int size = request.MaximumPageSize is > 0 and < SchedulePage ? request.MaximumPageSize : SchedulePage;
        string after = request.NextPageToken.ToStringUtf8();
        List<ScheduleRuns> found =
        [
            .. Space(request.Namespace).Schedules.Values.OrderBy(schedule => schedule.Id, StringComparer.Ordinal)
                .Where(schedule => string.CompareOrdinal(schedule.Id, after) > 0).Take(size + 1),
        ];
        ListSchedulesResponse response = new() { NextPageToken = found.Count > size ? ByteString.CopyFromUtf8(found[size - 1].Id)
            : ByteString.Empty };
        response.Schedules.AddRange(found.Take(size).Select(schedule => schedule.Entry()));
        return response;
    }));

    public Task<ListScheduleMatchingTimesResponse> ListScheduleMatchingTimes(ListScheduleMatchingTimesRequest request,
        ServerCallContext call) =>
        Task.FromResult(state.Change(() =>
        {
            ScheduleTimes times = ScheduleOf(request.Namespace, request.ScheduleId).Times;
            ListScheduleMatchingTimesResponse response = new();
            DateTimeOffset at = request.StartTime.ToDateTimeOffset();
            while (response.StartTime.Count < SchedulePage && times.After(at) is { } next
                && next.Actual <= request.EndTime.ToDateTimeOffset())
            {
                response.StartTime.Add(Timestamp.FromDateTimeOffset(next.Actual));
                at = next.Actual;
            }

            return response;
        }));

    // A schedule is a workflow of the server's own there, and so its absence is told.
    private ScheduleRuns ScheduleOf(string space, string id) => Space(space).Schedules.GetValueOrDefault(id)
        ?? throw RpcErrors.NotFound(Space(space).DeletedSchedules.Contains(id)
            ? "workflow execution already completed"
            : $"workflow not found for ID: temporal-sys-scheduler:{id}");
}
