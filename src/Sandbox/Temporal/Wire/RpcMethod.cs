using System.Reflection;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;

namespace Orchestrator.Sandbox.Temporal.Wire;

/// <summary>
/// Serves the methods of a Temporal service that a class has methods for, by name; every other one answers UNIMPLEMENTED with its name. The
/// messages are those of the Temporal SDK's assembly, whose descriptors say which methods there are: no .proto file, no generator.
/// </summary>
internal abstract class RpcMethod<TService>
    where TService : class
{
    /// <summary>Adds all methods of a service.</summary>
    public static void AddAll(ServiceMethodProviderContext<TService> context, ServiceDescriptor service)
    {
        foreach (MethodDescriptor method in service.Methods)
        {
            Type shape = typeof(Of<,>).MakeGenericType(typeof(TService), method.InputType.ClrType, method.OutputType.ClrType);
            ((RpcMethod<TService>)Activator.CreateInstance(shape)!).Add(context, service, method);
        }
    }

    /// <summary>Adds one method.</summary>
    protected abstract void Add(ServiceMethodProviderContext<TService> context, ServiceDescriptor service, MethodDescriptor method);

    private sealed class Of<TRequest, TResponse> : RpcMethod<TService>
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new()
    {
        private static readonly MessageParser<TRequest> Requests = new(() => new TRequest());
        private static readonly MessageParser<TResponse> Responses = new(() => new TResponse());

        protected override void Add(ServiceMethodProviderContext<TService> context, ServiceDescriptor service, MethodDescriptor method)
        {
            Method<TRequest, TResponse> call = new(
                MethodType.Unary,
                service.FullName,
                method.Name,
                new Marshaller<TRequest>(Write, call => Requests.ParseFrom(call.PayloadAsReadOnlySequence())),
                new Marshaller<TResponse>(Write, call => Responses.ParseFrom(call.PayloadAsReadOnlySequence())));
            MethodInfo? served = typeof(TService).GetMethod(method.Name, [typeof(TRequest), typeof(ServerCallContext)]);
            if (served is null)
            {
                string name = $"/{service.FullName}/{method.Name}";
                context.AddUnaryMethod(call, [], (_, _, _) => throw new RpcException(
                    new Status(StatusCode.Unimplemented, $"{name} is not supported by the development server of the sandbox.")));
                return;
            }

            Func<TService, TRequest, ServerCallContext, Task<TResponse>> handle =
                served.CreateDelegate<Func<TService, TRequest, ServerCallContext, Task<TResponse>>>();
            context.AddUnaryMethod(call, [], (target, request, call) => handle(target, request, call));
        }

        private static void Write<T>(T message, SerializationContext call)
            where T : IMessage<T>
        {
            call.SetPayloadLength(message.CalculateSize());
            message.WriteTo(call.GetBufferWriter());
            call.Complete();
        }
    }
}
