using System.Globalization;
using Azure;
using Azure.Identity;
using B24Otmechalka.Core.Http;

namespace B24Otmechalka.Core.Checkpoints;

/// <summary>The job's lock was taken over by another run: this one must not store or send anything more.</summary>
public sealed class LockLostException() : Exception("Another run has taken the job's lock over.");

/// <summary>Turns the storage's failures into an <see cref="UnavailableException"/>, whose message holds no address.</summary>
internal static class StorageErrors
{
    private const string Storage = "storage";

    public static async Task<T> GuardAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (RequestFailedException error) when (IsUnavailable(error))
        {
            throw Unavailable(error);
        }
        catch (AggregateException error) when (error.InnerExceptions.All(inner => inner is RequestFailedException or OperationCanceledException or IOException))
        {
            throw new UnavailableException(Storage, UnavailableException.Connection);
        }
        catch (AuthenticationFailedException)
        {
            throw new UnavailableException(Storage, "authentication failed");
        }
    }

    /// <summary>Whether a transaction failed on a condition, and so nothing of it was stored, unless it was ours all the same.</summary>
    public static bool IsConflict(RequestFailedException error) => error.Status is 404 or 409 or 412;

    private static bool IsUnavailable(RequestFailedException error) => error.Status is 0 or 401 or 403 or 408 or 429 or >= 500;

    private static UnavailableException Unavailable(RequestFailedException error) => new(
        Storage,
        error.Status == 0 ? UnavailableException.Connection : error.ErrorCode ?? "HTTP " + error.Status.ToString(CultureInfo.InvariantCulture),
        isUnclear: true);
}
