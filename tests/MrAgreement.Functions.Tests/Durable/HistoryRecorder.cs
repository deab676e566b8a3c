using System.Collections.Concurrent;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.DurableTask.Protobuf;

namespace MrAgreement.Functions.Tests.Durable;

/// <summary>Hears on the way to the worker what the engine gives it to replay: each time an orchestration's history so far, and what is new.</summary>
sealed class HistoryRecorder : Interceptor
{
    /// <summary>As the Functions app's host hands them over, in their order.</summary>
    public ConcurrentQueue<OrchestratorRequest> Requests { get; } = new();

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncServerStreamingCallContinuation<TRequest, TResponse> continuation)
    {
        var call = continuation(request, context);
        return new(new Listening<TResponse>(call.ResponseStream, Requests), call.ResponseHeadersAsync, call.GetStatus, call.GetTrailers, call.Dispose);
    }

    sealed class Listening<T>(IAsyncStreamReader<T> stream, ConcurrentQueue<OrchestratorRequest> requests) : IAsyncStreamReader<T>
    {
        public T Current => stream.Current;

        public async Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            if (!await stream.MoveNext(cancellationToken))
                return false;
            if (stream.Current is WorkItem { OrchestratorRequest: { } request })
                requests.Enqueue(request.Clone());
            return true;
        }
    }
}
