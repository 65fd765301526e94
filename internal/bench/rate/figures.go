// SPDX-License-Identifier: MPL-2.0

package rate

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// figures are what a scenario came to. Shares are from 0 to 1.
type figures struct {
	requests, rejected int
	// rejectedLater is the share of rejections after the first second.
	rejectedLater float64
	// used is the share of the allowance from the first write to the last request, its burst
	// included, that was used. The plan reads first, and Terraform takes its time between plan and
	// apply.
	used float64
	// took is the wall time of the apply, and least what the accepted requests take at the server's
	// pace.
	took, least time.Duration
}

// measure looks at the requests in the order of their arrival.
func measure(requests []mockapi.Request, perSecond float64, took time.Duration) figures {
	measured := figures{requests: len(requests), took: took}
	if len(requests) == 0 {
		return measured
	}
	writing := requests[max(0, slices.IndexFunc(requests, isWrite)):]
	first, last := writing[0].Time, writing[len(writing)-1].Time
	var later, rejectedLater int
	for _, request := range requests {
		isLater := request.Time.Sub(first) >= time.Second
		if isLater {
			later++
		}
		if request.Status == http.StatusTooManyRequests {
			measured.rejected++
			if isLater {
				rejectedLater++
			}
		}
	}
	if later > 0 {
		measured.rejectedLater = float64(rejectedLater) / float64(later)
	}
	accepted := float64(len(requests) - measured.rejected)
	measured.used = float64(countAccepted(writing)) / (mockapi.PublishedBurst + perSecond*last.Sub(first).Seconds())
	measured.least = time.Duration((accepted - mockapi.PublishedBurst) / perSecond * float64(time.Second))
	return measured
}

func isWrite(request mockapi.Request) bool { return request.Method != http.MethodGet }

func countAccepted(requests []mockapi.Request) (count int) {
	for _, request := range requests {
		if request.Status != http.StatusTooManyRequests {
			count++
		}
	}
	return count
}

func (f figures) rejectedShare() float64 { return float64(f.rejected) / float64(max(1, f.requests)) }

const tableHead = `| Server's limit | Requests | Rejected | after the first second | Allowance used | Wall time | of the least possible |
|---|--:|--:|--:|--:|--:|--:|
`

// row is a line of the table that tableHead begins.
func (f figures) row(s scenario) string {
	return fmt.Sprintf("| %s | %d | %d (%.1f %%) | %.1f %% | %.1f %% | %.1f s | × %.2f |",
		s.name, f.requests, f.rejected, 100*f.rejectedShare(), 100*f.rejectedLater, 100*f.used, f.took.Seconds(), f.took.Seconds()/f.least.Seconds())
}

// judge returns an error for each figure that misses its goal.
func (s scenario) judge(f figures) error {
	var missed []error
	if f.used < s.goal.leastUsed {
		missed = append(missed, fmt.Errorf("%s: %.1f %% of the allowance were used, less than %.0f %%", s.name, 100*f.used, 100*s.goal.leastUsed))
	}
	if share := f.rejectedShare(); share > s.goal.mostRejected {
		missed = append(missed, fmt.Errorf("%s: %.1f %% were rejected, more than %.0f %%", s.name, 100*share, 100*s.goal.mostRejected))
	}
	if f.rejectedLater > s.goal.mostRejectedLater {
		missed = append(missed, fmt.Errorf("%s: %.1f %% were rejected after the first second, more than %.0f %%", s.name, 100*f.rejectedLater, 100*s.goal.mostRejectedLater))
	}
	return errors.Join(missed...)
}
