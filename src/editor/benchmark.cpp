// SPDX-License-Identifier: MIT
#include "benchmark.hpp"

#include <sys/resource.h>

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPlainTextEdit>
#include <QThread>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>
#include <functional>
#include <iostream>
#include <optional>
#include <vector>

#include "canvas.hpp"
#include "canvas_binder.hpp"
#include "main_window.hpp"
#include "screenshot.hpp"
#include "yaml_edit.hpp"
#include "yaml_pane.hpp"

namespace pe::editor {

namespace {

constexpr int kFrames = 180;
constexpr int kFrameUs = 16667;
constexpr int kUnreadable = 3;

// What this thread has computed so far, whatever else the machine does meanwhile.
double computedMs() {
    rusage used{};
    getrusage(RUSAGE_THREAD, &used);
    const auto ms = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) / 1e3;
    };
    return ms(used.ru_utime) + ms(used.ru_stime);
}

double rounded(double ms) {
    return std::round(ms * 100) / 100;
}

class FrameClock {
public:
    FrameClock() { timer_.start(); }

    // `input` is called for each frame when it is due.
    QJsonObject measure(int frames, const std::function<void(int)>& input) {
        settle(200);
        std::vector<double> times;
        std::vector<double> computed;
        qint64 due = nowUs();
        for (int frame = 0; frame < frames; ++frame) {
            due = std::max(due, nowUs() - 10 * kFrameUs);
            waitUntil(due);
            const double before = computedMs();
            input(frame);
            // Painting is an event of low priority: two rounds empty the queue behind the input.
            QApplication::processEvents();
            QApplication::sendPostedEvents();
            QApplication::processEvents();
            times.push_back(static_cast<double>(nowUs() - due) / 1000.0);
            computed.push_back(computedMs() - before);
            due += kFrameUs;
        }
        return summary(std::move(times), std::move(computed));
    }

    static void settle(int ms) {
        QElapsedTimer timer;
        timer.start();
        while (timer.elapsed() < ms)
            QApplication::processEvents(QEventLoop::AllEvents, 10);
    }

private:
    qint64 nowUs() const { return timer_.nsecsElapsed() / 1000; }

    void waitUntil(qint64 due) {
        while (nowUs() < due) {
            QApplication::processEvents();
            if (due - nowUs() > 300)
                QThread::usleep(200);
        }
    }

    static QJsonObject summary(std::vector<double> times, std::vector<double> computed) {
        const auto at = [](std::vector<double>& of, double share) {
            std::sort(of.begin(), of.end());
            return rounded(
                of[static_cast<std::size_t>(std::lround(share * double(of.size() - 1)))]);
        };
        return {{"count", static_cast<int>(times.size())},
                {"p50_ms", at(times, 0.5)},
                {"p99_ms", at(times, 0.99)},
                {"max_ms", at(times, 1.0)},
                {"computed_p50_ms", at(computed, 0.5)},
                {"computed_p99_ms", at(computed, 0.99)}};
    }

    QElapsedTimer timer_;
};

double residentKb() {
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray& line : status.readAll().split('\n'))
        if (line.startsWith("VmRSS:"))
            return line.simplified().split(' ').value(1).toDouble();
    return 0;
}

void sendMouse(Canvas& canvas, QEvent::Type type, const QPointF& position, Qt::MouseButton button,
               Qt::MouseButtons held) {
    QWidget* target = canvas.viewport();
    QMouseEvent event(type, position, target->mapToGlobal(position), button, held, Qt::NoModifier);
    QApplication::sendEvent(target, &event);
}

void sendWheel(Canvas& canvas, const QPointF& position, int delta) {
    QWidget* target = canvas.viewport();
    QWheelEvent event(position, target->mapToGlobal(position), QPoint(), QPoint(0, delta),
                      Qt::NoButton, Qt::ControlModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(target, &event);
}

QJsonObject measurePan(FrameClock& clock, Canvas& canvas) {
    const QPointF middle = QRectF(canvas.viewport()->rect()).center();
    sendMouse(canvas, QEvent::MouseButtonPress, middle, Qt::MiddleButton, Qt::MiddleButton);
    QJsonObject result = clock.measure(kFrames, [&](int frame) {
        const QPointF at = middle + QPointF(40 * std::sin(frame / 9.0), -14.0 * frame);
        sendMouse(canvas, QEvent::MouseMove, at, Qt::NoButton, Qt::MiddleButton);
    });
    sendMouse(canvas, QEvent::MouseButtonRelease, middle, Qt::MiddleButton, Qt::NoButton);
    return result;
}

QJsonObject measureZoom(FrameClock& clock, Canvas& canvas) {
    const QPointF middle = QRectF(canvas.viewport()->rect()).center();
    return clock.measure(
        kFrames, [&](int frame) { sendWheel(canvas, middle, (frame / 60) % 2 == 0 ? -60 : 60); });
}

// Carries the first step about and puts it back with Escape.
QJsonObject measureDrag(FrameClock& clock, Canvas& canvas) {
    const SceneValue& scene = canvas.value();
    const auto leaf =
        std::find_if(scene.steps.begin(), scene.steps.end(),
                     [](const SceneStep& step) { return !step.container && step.visible; });
    if (leaf == scene.steps.end())
        return {};
    canvas.setZoom(1.0, QPointF());
    canvas.reveal(leaf->ref, true);
    const QPointF start = canvas.viewportTransform().map(leaf->box.center());
    sendMouse(canvas, QEvent::MouseButtonPress, start, Qt::LeftButton, Qt::LeftButton);
    QJsonObject result = clock.measure(kFrames, [&](int frame) {
        const QPointF at =
            start + QPointF(120 * std::sin(frame / 15.0), 200 * std::sin(frame / 25.0));
        sendMouse(canvas, QEvent::MouseMove, at, Qt::NoButton, Qt::LeftButton);
    });
    QKeyEvent escape(QEvent::KeyPress, Qt::Key_Escape, Qt::NoModifier);
    QApplication::sendEvent(&canvas, &escape);
    sendMouse(canvas, QEvent::MouseButtonRelease, start, Qt::LeftButton, Qt::NoButton);
    return result;
}

QJsonObject measureFitAll(FrameClock& clock, Canvas& canvas) {
    return clock.measure(kFrames / 3, [&](int frame) {
        if (frame % 2 == 0)
            canvas.fitAll();
        else
            canvas.showStart();
    });
}

QJsonObject measureTyping(FrameClock& clock, FileView& view) {
    const std::string& text = view.session().document().text();
    const std::size_t content = text.find("content:");
    std::size_t end = content == std::string::npos ? std::string::npos : text.find('\n', content);
    if (end == std::string::npos)
        return {};
    if (text[end - 1] == '"' || text[end - 1] == '\'')
        --end;
    else if (text.find_first_of("|>", content) < end)  // a block text: its lines follow
        end = std::min(text.find('\n', end + 1), text.size());
    view.goToOffset(end);
    QWidget* target = view.text().edit();
    const QString words = QStringLiteral("review every change with care and say what is missing ");
    return clock.measure(kFrames, [&](int frame) {
        const QChar letter = words.at(frame % words.size());
        QKeyEvent press(QEvent::KeyPress, 0, Qt::NoModifier, QString(letter));
        QApplication::sendEvent(target, &press);
        QKeyEvent release(QEvent::KeyRelease, 0, Qt::NoModifier, QString(letter));
        QApplication::sendEvent(target, &release);
    });
}

}  // namespace

int runBenchmark(const Options& options, workspace::Workspace& workspace) {
    DialogQuestions questions;
    MainWindow window(workspace, format::Catalogue::builtIn(), questions);
    window.setTheme(QStringLiteral("light"));
    window.resize(options.width, options.height);
    window.show();
    FrameClock::settle(300);
    QElapsedTimer opening;
    opening.start();
    const double computedBefore = computedMs();
    if (!window.openFile(QString::fromStdString(options.files.front()))) {
        std::cerr << "pipeline-editor: cannot open " << options.files.front() << "\n";
        return kUnreadable;
    }
    std::optional<qint64> painted;
    FileView& view = *window.current();
    QObject::connect(&view.canvas(), &Canvas::painted, &window,
                     [&] { painted = painted.value_or(opening.nsecsElapsed()); });
    while (!painted || view.text().edit()->document()->isEmpty())
        QApplication::processEvents();
    QJsonObject report;
    report["open_to_first_paint_ms"] = rounded(double(*painted) / 1e6);
    report["open_to_text_ms"] = rounded(double(opening.nsecsElapsed()) / 1e6);
    report["open_computed_ms"] = rounded(computedMs() - computedBefore);
    FrameClock::settle(1000);
    report["steps"] = static_cast<int>(view.binder().scene()->steps.size());
    report["idle_rss_kb"] = residentKb();
    FrameClock clock;
    Canvas& canvas = view.canvas();
    report["pan"] = measurePan(clock, canvas);
    canvas.showStart();
    report["zoom"] = measureZoom(clock, canvas);
    report["drag"] = measureDrag(clock, canvas);
    report["fit_all"] = measureFitAll(clock, canvas);
    canvas.showStart();
    report["typing"] = measureTyping(clock, view);
    std::cout << QJsonDocument(report).toJson(QJsonDocument::Indented).toStdString();
    return 0;
}

}  // namespace pe::editor
