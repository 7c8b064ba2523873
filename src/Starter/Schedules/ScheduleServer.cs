using System.Text.Json;
using Orchestrator.Starter.Commands;
using Orchestrator.Starter.Exits;
using Orchestrator.Starter.Servers;
using Temporalio.Client;
using Temporalio.Client.Schedules;
using Temporalio.Exceptions;

namespace Orchestrator.Starter.Schedules;

/// <summary>The schedules of a Temporal server.</summary>
internal sealed class ScheduleServer(TemporalServer server)
{
    /// <summary>Reaches the server that the environment names.</summary>
    /// <exception cref="SopException">It is out of reach.</exception>
    public static async Task<ScheduleServer> ConnectAsync(TimeProvider clock, CancellationToken cancellationToken) =>
        new(await TemporalServer.ConnectAsync(clock, cancellationToken));

    /// <summary>How two plans of one name differ, a sentence each; empty where they do not.</summary>
    public static IReadOnlyList<string> Differences(PlannedSchedule before, PlannedSchedule now) => InputDifferences.Between(
        JsonSerializer.SerializeToNode(before)!.AsObject(), JsonSerializer.SerializeToNode(now)!.AsObject());

    /// <summary>All of them, by name.</summary>
    public async Task<IReadOnlyList<KnownSchedule>> ListAsync(CancellationToken cancellationToken)
    {
        List<string> names = await server.CallAsync(
            async rpc =>
            {
                List<string> all = [];
                await foreach (ScheduleListDescription one in server.Client.ListSchedulesAsync(new() { Rpc = rpc }))
                {
                    all.Add(one.Id);
                }

                return all;
            },
            new RpcOptions(),
            cancellationToken);
        List<KnownSchedule> known = [];
        foreach (string name in names.Order(StringComparer.Ordinal))
        {
            // One that was deleted meanwhile is none.
            if (await FindAsync(name, cancellationToken) is { } schedule)
            {
                known.Add(schedule);
            }
        }

        return known;
    }

    /// <summary>One by its name.</summary>
    /// <exception cref="SopException">There is none.</exception>
    public async Task<KnownSchedule> GetAsync(string name, CancellationToken cancellationToken) =>
        await FindAsync(name, cancellationToken) ?? throw new SopException(
            ExitCode.Usage, $"{server.Name} has no schedule '{name}' of a procedure; 'sop schedule list' shows them.");

    /// <summary>Makes one.</summary>
    /// <exception cref="SopException">There is one of this name, or the server refuses it.</exception>
    public async Task CreateAsync(ScheduledProcedure wanted, string actor, string? pausedFor, CancellationToken cancellationToken)
    {
        ScheduleRecord record = new(wanted.Plan, actor, Now());
        ScheduleState state = new() { Paused = pausedFor is not null, Note = pausedFor ?? $"Made by {actor} at {record.MadeAt:u}." };
        try
        {
            await CallAsync(
                wanted.Plan.Name,
                async (_, rpc) => await server.Client.CreateScheduleAsync(
                    wanted.Plan.Name, wanted.ToTemporal(record, state), new() { Rpc = rpc }),
                cancellationToken);
        }
        catch (ScheduleAlreadyRunningException e)
        {
            throw new SopException(
                ExitCode.Usage,
                $"There is a schedule '{wanted.Plan.Name}' already; nothing was changed. Change it with 'sop schedule apply'.", e);
        }
    }

    /// <summary>Makes one what it is wanted to be. Whether it is paused stays as it is.</summary>
    public Task UpdateAsync(KnownSchedule known, ScheduledProcedure wanted, string actor, CancellationToken cancellationToken)
    {
        ScheduleRecord record = known.Record with { Plan = wanted.Plan, ChangedBy = actor, ChangedAt = Now() };
        return CallAsync(
            known.Name,
            (handle, rpc) => handle.UpdateAsync(
                now => new ScheduleUpdate(wanted.ToTemporal(record, now.Description.Schedule.State)), rpc),
            cancellationToken);
    }

    /// <summary>Does something to one.</summary>
    /// <exception cref="SopException">There is none, or the server refuses it.</exception>
    public async Task CallAsync(string name, Func<ScheduleHandle, RpcOptions, Task> act, CancellationToken cancellationToken)
    {
        try
        {
            await server.CallAsync(
                async rpc =>
                {
                    await act(server.Client.GetScheduleHandle(name), rpc);
                    return true;
                },
                new RpcOptions(),
                cancellationToken);
        }
        catch (RpcException e) when (e.Code is RpcException.StatusCode.NotFound or RpcException.StatusCode.InvalidArgument)
        {
            throw new SopException(ExitCode.Usage, $"{server.Name} refuses schedule '{name}': {e.Message.TrimEnd('.')}.", e);
        }
    }

    private async Task<KnownSchedule?> FindAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return await server.CallAsync(
                async rpc => await KnownSchedule.OfAsync(await server.Client.GetScheduleHandle(name).DescribeAsync(rpc)),
                new RpcOptions(),
                cancellationToken);
        }
        catch (RpcException e) when (e.Code == RpcException.StatusCode.NotFound)
        {
            return null;
        }
    }

    private DateTimeOffset Now() => server.Clock.GetUtcNow();
}
