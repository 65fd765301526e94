// SPDX-License-Identifier: MPL-2.0

package scale

import (
	"math"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// requests come one every 100 ms, reads and writes in turns; each tenth is rejected.
func requests(number int) []mockapi.Request {
	var log []mockapi.Request
	for i := range number {
		one := mockapi.Request{Time: time.Unix(1, 0).Add(time.Duration(i) * 100 * time.Millisecond), Method: http.MethodGet, Status: http.StatusOK}
		if i%2 == 1 {
			one.Method = http.MethodPut
		}
		if i%10 == 9 {
			one.Status = http.StatusTooManyRequests
		}
		log = append(log, one)
	}
	return log
}

func TestFigures(t *testing.T) {
	log := requests(40)
	got := count(log)
	if got.requests != 40 || got.rejected != 4 || got.writes != 16 {
		t.Errorf("%+v", got)
	}
	got.keepPace(log, limit{10, 5})
	if got.span != 3900*time.Millisecond || got.least != 3100*time.Millisecond || math.Abs(got.used-35.0/43) > 1e-9 {
		t.Errorf("%+v", got)
	}
	late := slices.Insert(requests(40), 0, mockapi.Request{Time: time.Unix(0, 0), Method: http.MethodGet, Status: http.StatusOK})
	if used := paced(late, limit{10, 5}).used; used != got.used {
		t.Errorf("a read long before the first write makes the share %v", used)
	}
	for name, unpaced := range map[string]figures{"no limit": paced(log, unlimited), "too few": paced(log[:12], limit{10, 5}), "none": paced(nil, published)} {
		if unpaced.span != 0 || unpaced.least != 0 || unpaced.used != 0 {
			t.Errorf("%s: %+v", name, unpaced)
		}
	}
}

func paced(log []mockapi.Request, allowed limit) figures {
	var made figures
	made.keepPace(log, allowed)
	return made
}

func TestSteady(t *testing.T) {
	paced := figures{took: 9, span: 8, least: 7, used: 0.9, requests: 6}
	if got := steady([]figures{paced}); got != paced {
		t.Errorf("of one run: %+v", got)
	}
	got := steady([]figures{
		{took: 30, cpu: 1, peak: 5, requests: 11, rejected: 1},
		{took: 10, cpu: 7, peak: 9, requests: 10, writes: 2},
		{took: 20, cpu: 4, peak: 7, requests: 12},
	})
	if want := (figures{took: 10, cpu: 7, peak: 9, requests: 12, rejected: 1, writes: 2}); got != want {
		t.Errorf("of three runs: %+v, not %+v", got, want)
	}
}

func TestPeakOf(t *testing.T) {
	for status, want := range map[string]int64{
		"Name:\tprovider\nVmPeak:\t  9999 kB\nVmHWM:\t   2048 kB\nVmRSS:\t 1 kB\n": 2 << 20,
		"Name:\tkernel thread\n": 0,
		"VmHWM:\t many kB\n":     0,
	} {
		if got := peakOf(status); got != want {
			t.Errorf("%q: %d", status, got)
		}
	}
	if megabytes(300<<20) != "300 MB" || megabytes(0) != "n/a" {
		t.Error("megabytes")
	}
}

// A watch sees this very process, where the system tells, and none from an empty folder.
func TestWatchMemory(t *testing.T) {
	executable, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	want := int64(0)
	if status, err := os.ReadFile("/proc/self/status"); err == nil {
		want = peakOf(string(status))
	}
	own := watchMemory(executable[:strings.LastIndexByte(executable, os.PathSeparator)])
	if got := own.stop(); (got == 0) != (want == 0) || got < want/2 {
		t.Errorf("the peak of this process is %d, not %d", got, want)
	}
	if got := watchMemory(t.TempDir()).stop(); got != 0 {
		t.Errorf("a folder without processes has a peak of %d", got)
	}
}
