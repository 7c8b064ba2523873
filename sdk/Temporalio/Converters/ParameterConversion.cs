using Temporalio.Api.Common.V1;

namespace Temporalio.Converters;

/// <summary>Payloads as the arguments of a method.</summary>
internal static class ParameterConversion
{
    /// <summary>
    /// Converts decoded payloads to the types of a method's parameters. Payloads beyond the parameters are left out: a caller of a
    /// newer version may send more. With fewer payloads the result is shorter, and the rest of the parameters are the optional ones.
    /// </summary>
    /// <exception cref="ArgumentException">There are fewer payloads than required parameters.</exception>
    public static object?[] ToArguments(
        this IPayloadConverter converter,
        IReadOnlyCollection<Payload> payloads,
        IReadOnlyCollection<Type> parameterTypes,
        int requiredCount)
    {
        if (payloads.Count < requiredCount)
        {
            throw new ArgumentException($"{payloads.Count} arguments were given for {requiredCount} required parameters.", nameof(payloads));
        }

        object?[] arguments = new object?[Math.Min(payloads.Count, parameterTypes.Count)];
        int index = 0;
        foreach ((Payload payload, Type type) in payloads.Zip(parameterTypes))
        {
            arguments[index++] = converter.ToValue(payload, type);
        }

        return arguments;
    }

    /// <summary>Decodes payloads and converts them as <see cref="ToArguments"/> does.</summary>
    public static async Task<object?[]> ToArgumentsAsync(
        this DataConverter converter,
        IReadOnlyCollection<Payload> payloads,
        IReadOnlyCollection<Type> parameterTypes,
        int requiredCount) =>
        converter.PayloadConverter.ToArguments(await converter.DecodePayloadsAsync(payloads), parameterTypes, requiredCount);
}
