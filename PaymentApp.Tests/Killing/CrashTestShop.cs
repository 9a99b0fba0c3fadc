using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using PaymentApp.Ledger;
using PaymentApp.Orders;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Webhooks;
using PaymentApp.Work;
using StripeSandbox;

namespace PaymentApp.Tests.Killing;

/// <summary>One ledger, one sandbox, and the PaymentApp processes that live and die on them one after another.</summary>
internal sealed class CrashTestShop : IDisposable
{
    private const int Shoppers = 6;

    // What it reads happened before; more of them would only keep the worker from it.
    private const int ShoppersWhileCatchingUp = 1;

    private static readonly TimeSpan PatienceForPoint = TimeSpan.FromSeconds(10);

    // It keeps hundreds of events one by one.
    private static readonly TimeSpan PatienceForCatchUp = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestLife = TimeSpan.FromMilliseconds(600);
    private static readonly TimeSpan PatienceForQuiet = TimeSpan.FromMinutes(5);

    // The catch-up comes every three minutes.
    private static readonly TimeSpan TimeToLeave = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(40);

    // Minute by minute through the hour that an attempt has, then through the day after which an order is given up.
    private static readonly IReadOnlyList<int> SecondsAlone = [.. Enumerable.Repeat(5 * 60, 14), .. Enumerable.Repeat(6 * 60 * 60, 10)];

    // Events are caught up on every three minutes. At first a start may not have got to it yet, or PostgreSQL not have noticed
    // that whoever had the turn is dead.
    private const int RoundsOfCatchUp = 2;

    private readonly string _folder = Directory.CreateTempSubdirectory("payment-app-").FullName;
    private readonly TestDatabase _database;
    private readonly Random _random;
    private readonly Uri _address;
    private readonly bool _isPostgres;
    private readonly List<(ChildProcess Process, HttpClient Http)> _others = [];
    private int _secondsAhead;

    private CrashTestShop(Random random, SandboxProcess sandbox, bool isPostgres)
    {
        _random = random;
        _isPostgres = isPostgres;
        _database = TestDatabase.Create(_folder, isPostgres);
        Sandbox = sandbox;
        _address = new Uri($"http://127.0.0.1:{FreePort(random)}");
    }

    public SandboxProcess Sandbox { get; }

    public ShopperMemory Memory { get; } = new();

    /// <summary>The named points that killed, once for each time.</summary>
    public List<KillPoint> Struck { get; } = [];

    /// <summary>How often a random instant killed.</summary>
    public int KilledAtRandom { get; private set; }

    /// <summary>What the processes said beside that they started.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>The time of all its nodes, UTC.</summary>
    public DateTime Now => TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(_secondsAhead);

    public string PackingSlips => Path.Combine(_folder, "packing-slips");

    /// <param name="seed">Decides about all that is random.</param>
    /// <param name="others">How many more nodes there are, which nobody kills; with them the ledger is on PostgreSQL.</param>
    public static async Task<CrashTestShop> OpenAsync(int seed, int others = 0)
    {
        var shop = new CrashTestShop(new Random(seed), await SandboxProcess.StartAsync(), others > 0 || TestDatabase.IsPostgres);
        await shop.Sandbox.RegisterAsync(new Uri(shop._address, WebhookEndpoint.Path));
        await shop.Sandbox.AddSlownessAsync(seed & int.MaxValue);
        for (var node = 0; node < others; node++)
            await shop.AddNodeAsync();
        return shop;
    }

    /// <summary>Opens the shop, lets shoppers in, and kills it: at a named point, or at a random instant.</summary>
    public async Task LiveAndDieAsync(KillPoint? point)
    {
        // There is only one catch-up: what a life before left claimed is free again after its lease.
        var catchesUp = point >= KillPoint.CatchUpClaimed;
        await AdvanceAsync(catchesUp ? (int)WorkQueue.Lease.TotalSeconds + 1 : _random.Next(61, 600));
        if (_random.Next(2) == 0 && point is not (>= KillPoint.EventReceived and <= KillPoint.EventEnded))
            await Sandbox.HoldDeliveriesAsync();
        else
            await Sandbox.ReleaseDeliveriesAsync(_random.Next(), copies: _random.Next(1, 3));

        // It starts once, and reads Stripe's events once.
        using var process = Start(_address, point, passes: point is KillPoint.SchemaLocked || catchesUp ? 0 : _random.Next(5));
        using var http = new HttpClient { BaseAddress = _address };
        var shoppers = new List<Task>();
        var opens = point is not null || _random.Next(6) > 0;
        if (opens && await process.Ready is not null)
        {
            shoppers.AddRange(Enumerable.Range(0, catchesUp ? ShoppersWhileCatchingUp : Shoppers)
                .Select(_ => new Shopper([http, .. _others.Select(other => other.Http)], Sandbox, Memory, new Random(_random.Next())).ShopUntilKilledAsync()));
        }

        await EndAsync(process, point);
        await Task.WhenAll(shoppers);
        Memory.ShopDied();
    }

    /// <summary>
    /// Opens the shop once more, and nobody does anything any more: time passes, the sweeper looks, and webhooks come or
    /// do not, until nothing is left to be done or a day and a half is over.
    /// </summary>
    public async Task LeaveAloneAsync(bool hearsWebhooks)
    {
        if (hearsWebhooks)
            await Sandbox.ReleaseDeliveriesAsync(_random.Next(), copies: 2);
        else
            await Sandbox.HoldDeliveriesAsync();

        using var process = Start(_address, point: null, passes: 0);
        Assert.True(await process.Ready is not null, process.Said);
        using var http = new HttpClient { BaseAddress = _address };
        foreach (var (round, seconds) in SecondsAlone.Index())
        {
            if (!await BecomesQuietAsync(process, http))
            {
                // What never ends, the reckoning names.
                Complaints.Add($"work was still due after {PatienceForQuiet} of being left alone");
                break;
            }

            // Nobody stores what is not in hand, nor takes anything in hand while nothing is due.
            if (round >= RoundsOfCatchUp && await IsAtRestAsync() && await IsIdleAsync(http) && await IsAtRestAsync())
                break;
            await AdvanceAsync(seconds);
            await TellTimeAsync(http, seconds);
        }

        foreach (var node in _others.Select(other => other.Process).Append(process))
        {
            node.Kill();
            await node.Ended;
            Hear(node);
        }
    }

    public LedgerContext ReadLedger() => LedgerDatabase.CreateContext((DbContextOptions<LedgerContext>)new DbContextOptionsBuilder<LedgerContext>()
        .UseLedger(_isPostgres ? _database.Connection : $"{_database.Connection};Mode=ReadOnly;Pooling=False").Options);

    public void Dispose()
    {
        foreach (var (process, http) in _others)
        {
            process.Dispose();
            http.Dispose();
        }

        Sandbox.Dispose();
        _database.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task AddNodeAsync()
    {
        var address = new Uri($"http://127.0.0.1:{FreePort(_random)}");
        var process = Start(address, point: null, passes: 0);
        _others.Add((process, new HttpClient { BaseAddress = address }));
        Assert.True(await process.Ready is not null, process.Said);
    }

    private ChildProcess Start(Uri address, KillPoint? point, int passes)
    {
        var keys = new SandboxOptions();
        var settings = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_URLS"] = address.ToString(),
            ["ASPNETCORE_HOSTINGSTARTUPASSEMBLIES"] = typeof(DrivenShop).Assembly.GetName().Name!,
            // None lives long enough to win by code that is compiled twice.
            ["DOTNET_TieredPGO"] = "0",
            ["DOTNET_TC_CallCountingDelayMs"] = "100000",
            ["DOTNET_gcServer"] = "0",
            ["ConnectionStrings:Payments"] = _database.Connection,
            ["Ledger:MigrateOnStart"] = "true",
            ["Stripe:SecretKey"] = keys.SecretKey,
            ["Stripe:PublishableKey"] = keys.PublishableKey,
            ["Stripe:WebhookSecret"] = SandboxProcess.WebhookSecret,
            ["Stripe:ApiBase"] = Sandbox.Address.ToString(),
            ["Stripe:StripeJsUrl"] = new Uri(Sandbox.Address, "/dahlia/stripe.js").ToString(),
            ["Work:PollEvery"] = "00:00:00.050",
            ["Orders:PackingSlips"] = PackingSlips,
            ["Payments:AttemptsOverall"] = "1000000",
            ["Payments:QuestionsPerOrder"] = "1000000",
            ["Payments:QuestionsPerAddress"] = "1000000",
            ["Payments:QuestionsOverall"] = "1000000",
            ["Logging:LogLevel:Default"] = "Critical",
            ["Logging:LogLevel:Microsoft.AspNetCore"] = "Critical",
            ["Logging:LogLevel:Microsoft.EntityFrameworkCore"] = "Critical",
            ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Information",
            ["Logging:Console:FormatterName"] = "simple",
            ["Logging:Console:FormatterOptions:SingleLine"] = "true",
            [DrivenShop.AheadSetting] = TimeSpan.FromSeconds(_secondsAhead).ToString(),
            [DrivenShop.PassesSetting] = $"{passes}",
        };
        if (point is not null)
            settings[DrivenShop.PointSetting] = $"{point}";

        // The real program, and what its drive needs beside it: the test project's own list of assemblies has both.
        var tests = Path.ChangeExtension(typeof(DrivenShop).Assembly.Location, null);
        return ChildProcess.Start(
            ["exec", "--depsfile", tests + ".deps.json", "--runtimeconfig", tests + ".runtimeconfig.json", typeof(Order).Assembly.Location],
            settings,
            _folder,
            "Application started");
    }

    private async Task EndAsync(ChildProcess process, KillPoint? point)
    {
        var struckItself = true;
        try
        {
            await process.Ended.WaitAsync(PatienceFor(point));
        }
        catch (TimeoutException)
        {
            struckItself = false;
            process.Kill();
            await process.Ended;
        }

        Hear(process);
        Assert.True(process.WasKilled, process.Said);
        if (struckItself && point is { } struck)
            Struck.Add(struck);
        else
            KilledAtRandom++;
    }

    private TimeSpan PatienceFor(KillPoint? point) => point switch
    {
        null => LongestLife * _random.NextDouble(),
        >= KillPoint.CatchUpClaimed => PatienceForCatchUp,
        _ => PatienceForPoint,
    };

    private void Hear(ChildProcess process) =>
        Complaints.AddRange(process.Lines.Where(line => !line.StartsWith("info: ", StringComparison.Ordinal)));

    private async Task AdvanceAsync(int seconds)
    {
        _secondsAhead += seconds;
        await Sandbox.AdvanceAsync(seconds);
        foreach (var (_, http) in _others)
            await TellTimeAsync(http, seconds);
    }

    private static async Task TellTimeAsync(HttpClient node, int seconds)
    {
        using var answer = await node.PostAsync(new Uri($"/drive/clock?advance={seconds}", UriKind.Relative), null);
        answer.EnsureSuccessStatusCode();
    }

    private async Task<bool> BecomesQuietAsync(ChildProcess process, HttpClient http)
    {
        var patience = Stopwatch.StartNew();
        using var glances = new PeriodicTimer(Glance);
        // Time that jumps while an item is worked on ends the work by its limit, again and again.
        while (!await IsQuietAsync() || !await IsIdleAsync(http))
        {
            Assert.False(process.Ended.IsCompleted, process.Said);
            if (patience.Elapsed > PatienceForQuiet)
                return false;
            await glances.WaitForNextTickAsync();
        }

        return true;
    }

    /// <summary>Whether nothing is due now. What a dead process had claimed is due after its lease.</summary>
    private async Task<bool> IsQuietAsync()
    {
        var now = Now;
        await using var ledger = ReadLedger();
        return !await ledger.Work.AnyAsync(
            work => work.Status == WorkStatus.Waiting && work.DueAt <= now && (work.LeaseUntil == null || work.LeaseUntil <= now))
            && !await Sandbox.IsDeliveringAsync(now);
    }

    /// <summary>Whether no node works on anything, as one may whose lease another one has taken over.</summary>
    private async Task<bool> IsIdleAsync(HttpClient http)
    {
        foreach (var node in _others.Select(other => other.Http).Append(http))
        {
            if (await node.GetStringAsync(new Uri("/drive/in-hand", UriKind.Relative)) != "0")
                return false;
        }

        return true;
    }

    /// <summary>
    /// Whether nothing is left that will ever be due. Whoever reads Stripe's events now, or is about to, may find some and
    /// not live to process them.
    /// </summary>
    private async Task<bool> IsAtRestAsync()
    {
        var now = Now;
        var soon = now + TimeToLeave;
        await using var ledger = ReadLedger();
        return !await ledger.Work.AnyAsync(
            work => work.Status == WorkStatus.Waiting && (work.Kind != WorkKind.CatchUp || work.LeaseUntil > now || work.DueAt < soon));
    }

    // Below the ports that systems hand out by themselves: none is taken while the shop is dead.
    private static int FreePort(Random random)
    {
        while (true)
        {
            var port = random.Next(10_000, 30_000);
            using var probe = new TcpListener(IPAddress.Loopback, port);
            try
            {
                probe.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken: another one.
            }
        }
    }
}
