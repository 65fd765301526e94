// SPDX-License-Identifier: MPL-2.0

package scale

import (
	"cmp"
	"net/http"
	"slices"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// figures are what a step came to.
type figures struct {
	// took is wall time; cpu is the processor time of CLI and provider, 0 where the system does not
	// tell.
	took, cpu time.Duration
	// peak is the most memory of a provider process in bytes, 0 where the system does not tell.
	peak                       int64
	requests, rejected, writes int
	// Of the step's last command: the time from its first request to its last, and the least that
	// the limit makes that of the accepted ones. They are 0 without a limit, and for commands that
	// the limit does not hold up.
	span, least time.Duration
	// used is the share of the allowance, its burst included, that was used from the first write to
	// the last request, from 0 to 1: the plan within an apply reads first, and how long Terraform
	// takes from there to the apply itself depends on the machine alone. 0 as above.
	used float64
}

func count(requests []mockapi.Request) figures {
	counted := figures{requests: len(requests)}
	for _, request := range requests {
		switch {
		case request.Status == http.StatusTooManyRequests:
			counted.rejected++
		case isWrite(request):
			counted.writes++
		}
	}
	return counted
}

func isWrite(request mockapi.Request) bool { return request.Method != http.MethodGet }

// keepPace compares the requests, in the order of their arrival, with what is allowed.
func (f *figures) keepPace(requests []mockapi.Request, allowed limit) {
	if allowed.perSecond == 0 {
		return
	}
	accepted := float64(len(requests) - count(requests).rejected)
	// Less than a second's worth says nothing about the pace.
	if accepted < float64(allowed.burst)+allowed.perSecond {
		return
	}
	f.span = requests[len(requests)-1].Time.Sub(requests[0].Time)
	f.least = time.Duration((accepted - float64(allowed.burst)) / allowed.perSecond * float64(time.Second))
	writing := requests[max(0, slices.IndexFunc(requests, isWrite)):]
	took := writing[len(writing)-1].Time.Sub(writing[0].Time).Seconds()
	f.used = float64(len(writing)-count(writing).rejected) / (float64(allowed.burst) + allowed.perSecond*took)
}

// steady is what several runs of one step came to: the times of the fastest, since whatever else
// the machine does only adds to them, and the most of everything else, so that no run with a
// request too many is lost. Their pace is not judged, because no limit holds up what is repeated.
func steady(runs []figures) figures {
	if len(runs) == 1 {
		return runs[0]
	}
	fastest := slices.MinFunc(runs, func(a, b figures) int { return cmp.Compare(a.took, b.took) })
	all := figures{took: fastest.took, cpu: fastest.cpu}
	for _, one := range runs {
		all.peak = max(all.peak, one.peak)
		all.requests = max(all.requests, one.requests)
		all.rejected = max(all.rejected, one.rejected)
		all.writes = max(all.writes, one.writes)
	}
	return all
}
