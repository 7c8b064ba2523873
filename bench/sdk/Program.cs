using Temporalio.Bench;

// bench/run sdk [ROUNDS]
// The program measures itself in child processes: "worker ADDRESS QUEUE" and "replay FILE TIMES" are such.
switch (args)
{
    case ["worker", var address, var taskQueue]:
        await BenchWorker.RunAsync(address, taskQueue);
        return 0;
    case ["replay", var file, var times]:
        await ReplayLoop.RunAsync(file, int.Parse(times));
        return 0;
    default:
        return await Comparison.RunAsync(args is [var rounds] ? int.Parse(rounds) : 5);
}
