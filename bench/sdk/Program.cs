using Temporalio.Bench;

// bench/run sdk [ROUNDS [worker|replay]]   5 rounds of both parts unless told otherwise
// The program measures itself in child processes: "worker ADDRESS QUEUE" and "replay WARMUP SECONDS FILE TIMES" are such.
switch (args)
{
    case ["worker", var address, var taskQueue]:
        await BenchWorker.RunAsync(address, taskQueue);
        return 0;
    case ["replay", var warmUp, var seconds, var file, var times]:
        await ReplayLoop.RunAsync(warmUp, double.Parse(seconds), file, int.Parse(times));
        return 0;
    default:
        return await Comparison.RunAsync(args is [var rounds, ..] ? int.Parse(rounds) : 5, args is [_, var part] ? part : null);
}
