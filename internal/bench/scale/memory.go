// SPDX-License-Identifier: MPL-2.0

package scale

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

const (
	// lookEvery is short beside the end of a provider process, when it hands over the state, and
	// long beside a look.
	lookEvery = 10 * time.Millisecond
	// searchEvery is how often new processes are looked for, in looks.
	searchEvery = 10
)

// watch follows the memory of provider processes while they run.
type watch struct {
	folder string
	done   chan struct{}
	peak   chan int64
}

// watchMemory watches all processes whose executable is below the folder, until stop. It needs
// /proc; without, the peak is 0.
func watchMemory(folder string) *watch {
	if resolved, err := filepath.EvalSymlinks(folder); err == nil {
		folder = resolved
	}
	started := &watch{folder: folder, done: make(chan struct{}), peak: make(chan int64, 1)}
	go started.run()
	return started
}

// stop returns the peak of the largest process in bytes.
func (w *watch) stop() int64 {
	close(w.done)
	return <-w.peak
}

func (w *watch) run() {
	var most int64
	var processes []string
	ticker := time.NewTicker(lookEvery)
	defer ticker.Stop()
	for look := 0; ; look++ {
		if look%searchEvery == 0 {
			processes = w.search()
		}
		for _, process := range processes {
			if status, err := os.ReadFile(filepath.Join(process, "status")); err == nil {
				most = max(most, peakOf(string(status)))
			}
		}
		select {
		case <-w.done:
			w.peak <- most
			return
		case <-ticker.C:
		}
	}
}

func (w *watch) search() []string {
	links, _ := filepath.Glob("/proc/[0-9]*/exe") // its only error is about the pattern
	var found []string
	for _, link := range links {
		if executable, err := os.Readlink(link); err == nil && strings.HasPrefix(executable, w.folder+string(filepath.Separator)) {
			found = append(found, filepath.Dir(link))
		}
	}
	return found
}

// peakOf reads VmHWM from the status of a process, in bytes; 0 when it is not there.
func peakOf(status string) int64 {
	for line := range strings.Lines(status) {
		value, found := strings.CutPrefix(line, "VmHWM:")
		if !found {
			continue
		}
		kilobytes, err := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(value), "kB")), 10, 64)
		if err != nil {
			return 0
		}
		return kilobytes << 10
	}
	return 0
}

// megabytes is for people.
func megabytes(bytes int64) string {
	if bytes == 0 {
		return "n/a"
	}
	return fmt.Sprintf("%d MB", bytes>>20)
}
