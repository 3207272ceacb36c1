using System.Globalization;
using System.Text.RegularExpressions;
using Azure;
using Azure.Core;
using Azure.Data.Tables;

namespace B24Otmechalka.Core.Tests.Testing;

/// <summary>
/// A table in memory that honours what the ledger relies on: ETags, conditional writes, entity group transactions of at most
/// 100 operations, range queries in pages, server timestamps. <see cref="OnCall"/> lets a test fail or delay each call.
/// </summary>
internal sealed partial class MemoryTable : TableClient
{
    private readonly TimeProvider time;
    private readonly Stored data;
    private readonly SortedDictionary<(string Partition, string Row), TableEntity> entities;

    public MemoryTable(TimeProvider time)
        : this(time, new Stored()) { }

    private MemoryTable(TimeProvider time, Stored data) => (this.time, this.data, entities) = (time, data, data.Entities);

    /// <summary>Called with the operation's name before each call; its result, if any, is thrown after the call was carried out.</summary>
    public Func<string, Task<Exception?>> OnCall { get; set; } = _ => Task.FromResult<Exception?>(null);

    /// <summary>Called with the operation's name after each call was carried out, before its answer.</summary>
    public Func<string, Task> OnAnswer { get; set; } = _ => Task.CompletedTask;

    /// <summary>
    /// Called around each call with the operation's name and the means to carry it out: at once, later, twice (an answer was
    /// lost and the SDK has repeated the call), or never. The last outcome counts; what it throws itself counts more.
    /// </summary>
    public Func<string, Action, Task> Around { get; set; } =
        (_, carryOut) =>
        {
            carryOut();
            return Task.CompletedTask;
        };

    /// <summary>Called with each entity that is stored, whoever stores it.</summary>
    public Action<TableEntity>? OnStored
    {
        get => data.OnStored;
        set => data.OnStored = value;
    }

    /// <summary>How many entities a page of a query holds; the service may give fewer than a thousand at any time.</summary>
    public int PageSize
    {
        get => data.PageSize;
        set => data.PageSize = value;
    }

    /// <summary>The clock.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Calls so far.</summary>
    public int Calls { get; set; }

    /// <summary>What is stored.</summary>
    public IEnumerable<TableEntity> Entities => entities.Values;

    public override async Task<Response<T>> GetEntityAsync<T>(
        string partitionKey,
        string rowKey,
        IEnumerable<string>? select = null,
        CancellationToken cancellationToken = default
    ) =>
        await CallAsync(
            "get",
            () =>
                entities.TryGetValue((partitionKey, rowKey), out var entity)
                    ? Response.FromValue((T)(ITableEntity)Copy(entity), Answer(200))
                    : throw new RequestFailedException(404, "not found", "ResourceNotFound", null)
        );

    public override async Task<NullableResponse<T>> GetEntityIfExistsAsync<T>(
        string partitionKey,
        string rowKey,
        IEnumerable<string>? select = null,
        CancellationToken cancellationToken = default
    ) =>
        await CallAsync<NullableResponse<T>>(
            "get",
            () =>
                entities.TryGetValue((partitionKey, rowKey), out var entity)
                    ? new Found<T>((T)(ITableEntity)Copy(entity), Answer(200))
                    : new Found<T>(default, Answer(404))
        );

    public override Task<Response> AddEntityAsync<T>(T entity, CancellationToken cancellationToken = default) =>
        CallAsync("add", () => ApplyOne(new TableTransactionAction(TableTransactionActionType.Add, entity)));

    public override Task<Response> UpdateEntityAsync<T>(
        T entity,
        ETag ifMatch,
        TableUpdateMode mode = TableUpdateMode.Merge,
        CancellationToken cancellationToken = default
    ) => CallAsync("update", () => ApplyOne(new TableTransactionAction(TableTransactionActionType.UpdateReplace, entity, ifMatch)));

    public override Task<Response> DeleteEntityAsync(
        string partitionKey,
        string rowKey,
        ETag ifMatch = default,
        CancellationToken cancellationToken = default
    ) =>
        CallAsync(
            "delete",
            () => ApplyOne(new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(partitionKey, rowKey), ETag.All))
        );

    public override Task<Response<IReadOnlyList<Response>>> SubmitTransactionAsync(
        IEnumerable<TableTransactionAction> transactionActions,
        CancellationToken cancellationToken = default
    ) => CallAsync("transaction", () => Submit([.. transactionActions]));

    public override Task<Response<Azure.Data.Tables.Models.TableItem>> CreateIfNotExistsAsync(
        CancellationToken cancellationToken = default
    ) => CallAsync("create", () => Response.FromValue<Azure.Data.Tables.Models.TableItem>(null!, Answer(204)));

    public override Task<Response> DeleteAsync(CancellationToken cancellationToken = default) =>
        CallAsync<Response>(
            "delete",
            () =>
            {
                entities.Clear();
                return Answer(204);
            }
        );

    public override AsyncPageable<T> QueryAsync<T>(
        string? filter = null,
        int? maxPerPage = null,
        IEnumerable<string>? select = null,
        CancellationToken cancellationToken = default
    ) => new Pages<T>(this, filter ?? "");

    /// <summary>Another client of the same table, with hooks of its own.</summary>
    public MemoryTable Client() => new(time, data);

    private Response<IReadOnlyList<Response>> Submit(List<TableTransactionAction> actions)
    {
        if (actions.Count > 100 || actions.Select(action => action.Entity.RowKey).Distinct().Count() != actions.Count)
        {
            throw new RequestFailedException(400, "bad batch", "InvalidInput", null);
        }

        var before = entities.ToDictionary(pair => pair.Key, pair => pair.Value);
        try
        {
            var answers = actions.ConvertAll(Apply);
            actions.ForEach(Tell);
            return Response.FromValue<IReadOnlyList<Response>>(answers, Answer(202));
        }
        catch (RequestFailedException)
        {
            entities.Clear();
            foreach (var (key, entity) in before)
            {
                entities[key] = entity;
            }

            throw;
        }
    }

    private Response ApplyOne(TableTransactionAction action)
    {
        var answer = Apply(action);
        Tell(action);
        return answer;
    }

    private void Tell(TableTransactionAction action)
    {
        if (action.ActionType != TableTransactionActionType.Delete)
        {
            data.OnStored?.Invoke((TableEntity)action.Entity);
        }
    }

    private Response Apply(TableTransactionAction action)
    {
        var key = (action.Entity.PartitionKey, action.Entity.RowKey);
        var exists = entities.TryGetValue(key, out var present);
        switch (action.ActionType)
        {
            case TableTransactionActionType.Add when exists:
                throw new RequestFailedException(409, "exists", "EntityAlreadyExists", null);
            case TableTransactionActionType.UpdateReplace or TableTransactionActionType.Delete when !exists:
                throw new RequestFailedException(404, "not found", "ResourceNotFound", null);
            case TableTransactionActionType.UpdateReplace
            or TableTransactionActionType.Delete when action.ETag != ETag.All && action.ETag != present!.ETag:
                throw new RequestFailedException(412, "changed", "UpdateConditionNotSatisfied", null);
            case TableTransactionActionType.Delete:
                entities.Remove(key);
                return Answer(204);
            case TableTransactionActionType.Add or TableTransactionActionType.UpdateReplace or TableTransactionActionType.UpsertReplace:
                var stored = Copy((TableEntity)action.Entity);
                stored.ETag = new ETag($"W/\"{(++data.Version).ToString(CultureInfo.InvariantCulture)}\"");
                stored.Timestamp = time.GetUtcNow();
                entities[key] = stored;
                return Answer(204, stored.ETag);
            default:
                throw new NotSupportedException(action.ActionType.ToString());
        }
    }

    private async Task<T> CallAsync<T>(string name, Func<T> call)
    {
        Calls++;
        var failure = await OnCall(name);
        Func<T>? outcome = null;
        await Around(name, CarryOut);
        await OnAnswer(name);
        return failure is null
            ? (outcome ?? throw new InvalidOperationException("The call was not carried out and did not fail."))()
            : throw failure;

        void CarryOut()
        {
            try
            {
                var result = call();
                outcome = () => result;
            }
            catch (RequestFailedException error)
            {
                outcome = () => throw error;
            }
        }
    }

    private static TableEntity Copy(TableEntity entity)
    {
        var copy = new TableEntity(entity.PartitionKey, entity.RowKey) { ETag = entity.ETag, Timestamp = entity.Timestamp };
        foreach (
            var (name, value) in entity.Where(property => property.Key is not ("odata.etag" or "Timestamp" or "PartitionKey" or "RowKey"))
        )
        {
            copy[name] = value;
        }

        return copy;
    }

    private IEnumerable<TableEntity> Matching(string filter, string after)
    {
        var conditions = Condition()
            .Matches(filter)
            .Select(match => (Name: match.Groups[1].Value, Operator: match.Groups[2].Value, Value: match.Groups[3].Value))
            .ToList();
        return entities.Values.Where(entity =>
            string.CompareOrdinal(entity.RowKey, after) > 0
            && conditions.TrueForAll(condition =>
            {
                var order = string.CompareOrdinal(condition.Name == "PartitionKey" ? entity.PartitionKey : entity.RowKey, condition.Value);
                return condition.Operator switch
                {
                    "eq" => order == 0,
                    "lt" => order < 0,
                    "ge" => order >= 0,
                    _ => throw new NotSupportedException(filter),
                };
            })
        );
    }

    private MemoryResponse Answer(int status, ETag? etag = null, bool isList = false) =>
        new(status, etag, time.GetUtcNow()) { ContentStream = isList ? new MemoryStream("""{"value":[]}"""u8.ToArray()) : null };

    [GeneratedRegex("(PartitionKey|RowKey) (eq|lt|ge) '([^']*)'")]
    private static partial Regex Condition();

    private sealed class Pages<T>(MemoryTable table, string filter) : AsyncPageable<T>
        where T : notnull
    {
        public override async IAsyncEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = null)
        {
            // As the service does it: a page goes on behind the last key, whatever has changed meanwhile.
            var last = "";
            while (true)
            {
                var page = await table.CallAsync("query", () => table.Matching(filter, last).Take(table.PageSize).Select(Copy).ToList());
                yield return Page<T>.FromValues(page.ConvertAll(entity => (T)(object)entity), null, table.Answer(200, isList: true));
                if (page.Count < table.PageSize)
                {
                    yield break;
                }

                last = page[^1].RowKey;
            }
        }
    }

    private sealed class Stored
    {
        public SortedDictionary<(string Partition, string Row), TableEntity> Entities { get; } =
            new(
                Comparer<(string Partition, string Row)>.Create(
                    (a, b) =>
                        string.CompareOrdinal(a.Partition, b.Partition) is var partition and not 0
                            ? partition
                            : string.CompareOrdinal(a.Row, b.Row)
                )
            );

        public long Version { get; set; }

        public Action<TableEntity>? OnStored { get; set; }

        public int PageSize { get; set; } = 1000;
    }

    private sealed class Found<T>(T? value, Response response) : NullableResponse<T>
    {
        public override bool HasValue => value is not null;

        public override T? Value => value;

        public override Response GetRawResponse() => response;
    }

    private sealed class MemoryResponse(int status, ETag? etag, DateTimeOffset date) : Response
    {
        public override int Status => status;

        public override string ReasonPhrase => "";

        public override Stream? ContentStream { get; set; }

        public override string ClientRequestId { get; set; } = "";

        public override void Dispose() { }

        protected override bool TryGetHeader(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value)
        {
            value = name.ToUpperInvariant() switch
            {
                "ETAG" => etag?.ToString("H"),
                "DATE" => date.ToString("R", CultureInfo.InvariantCulture),
                _ => null,
            };
            return value is not null;
        }

        protected override bool TryGetHeaderValues(
            string name,
            [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out IEnumerable<string>? values
        )
        {
            values = TryGetHeader(name, out var value) ? [value!] : null;
            return values is not null;
        }

        protected override bool ContainsHeader(string name) => TryGetHeader(name, out _);

        protected override IEnumerable<HttpHeader> EnumerateHeaders() => [];
    }
}
