using System.Collections.Concurrent;
using System.Threading.Channels;
using B24Otmechalka.Core.Tests.Functions.Worker.Rpc;
using Grpc.Core;

namespace B24Otmechalka.Core.Tests.Functions.Worker;

/// <summary>
/// The host's end of the one stream that host and worker talk over: questions go out, answers find their question, logs are kept.
/// </summary>
internal sealed class WorkerStream : FunctionRpc.FunctionRpcBase
{
    private readonly Channel<StreamingMessage> outgoing = Channel.CreateUnbounded<StreamingMessage>();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<StreamingMessage>> questions = new();
    private readonly ConcurrentQueue<RpcLog> logs = new();
    private readonly TaskCompletionSource connected = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the worker has introduced itself.</summary>
    public Task Connected => connected.Task;

    /// <summary>All log records so far, in the order they came.</summary>
    public IReadOnlyList<RpcLog> Logs => [.. logs];

    /// <summary>Sends what needs no answer.</summary>
    public void Send(StreamingMessage message) => Assert(outgoing.Writer.TryWrite(message));

    /// <summary>Sends a question and waits for the answer with its request ID.</summary>
    public Task<StreamingMessage> AskAsync(StreamingMessage question)
    {
        var answer = new TaskCompletionSource<StreamingMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        Assert(questions.TryAdd(question.RequestId, answer));
        Send(question);
        return answer.Task;
    }

    public override async Task EventStream(
        IAsyncStreamReader<StreamingMessage> requestStream,
        IServerStreamWriter<StreamingMessage> responseStream,
        ServerCallContext context
    )
    {
        var sending = SendAllAsync(responseStream, context.CancellationToken);
        try
        {
            while (await requestStream.MoveNext(context.CancellationToken))
            {
                Take(requestStream.Current);
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            // The worker was killed, or this host is being stopped.
        }

        outgoing.Writer.TryComplete();
        await sending;
    }

    private static void Assert(bool isDone) => Xunit.Assert.True(isDone, "The stream to the worker is closed.");

    private void Take(StreamingMessage message)
    {
        switch (message.ContentCase)
        {
            case StreamingMessage.ContentOneofCase.StartStream:
                connected.TrySetResult();
                break;
            case StreamingMessage.ContentOneofCase.RpcLog:
                logs.Enqueue(message.RpcLog);
                break;
            default:
                var question =
                    message.ContentCase == StreamingMessage.ContentOneofCase.InvocationResponse
                        ? message.InvocationResponse.InvocationId
                        : message.RequestId;
                if (questions.TryRemove(question, out var answer))
                {
                    answer.TrySetResult(message);
                }

                break;
        }
    }

    private async Task SendAllAsync(IServerStreamWriter<StreamingMessage> worker, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var message in outgoing.Reader.ReadAllAsync(cancellationToken))
            {
                await worker.WriteAsync(message, cancellationToken);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or InvalidOperationException or IOException)
        {
            // The worker is gone; who waits for an answer learns it from the end of its process.
        }
    }
}
